package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A file or remote object of known length whose ranges can be read in any order, by several threads at once. */
public interface RangeReader extends Closeable {

    /** Length in bytes. */
    long length();

    /**
     * Opens one range to be read from its first byte to its last; the channel ends after the range. It blocks,
     * resumes by itself after a cut connection, and throws a
     * {@link io.datavolume.image.failure.TransferException} when it cannot.
     *
     * @param range within {@link #length()}
     */
    ReadableByteChannel open(ByteRange range) throws IOException;

    /** Fills the buffer's remaining bytes from an offset. */
    default void readFully(long offset, ByteBuffer target) throws IOException {
        try (ReadableByteChannel channel = open(new ByteRange(offset, target.remaining()))) {
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException("the source ended " + target.remaining() + " bytes early at offset "
                            + (offset + target.position()));
                }
            }
        }
    }

    /**
     * Where the next data begins, at {@code offset} or later, when the source knows its holes (a sparse local
     * file); the given offset where nothing is known, {@link #length()} when only a hole follows.
     */
    default long nextData(long offset) throws IOException {
        return offset;
    }
}
