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
     * Whether the range is known to hold no data (a hole of a sparse local file), so that it need not be read.
     * False where nothing is known.
     */
    default boolean isHole(ByteRange range) throws IOException {
        return false;
    }
}
