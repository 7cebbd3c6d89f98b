package io.datavolume.image.volume;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The target of an import: a disk that is filled by position, from several threads at once, and becomes
 * complete last.
 */
public interface Volume extends Closeable {

    /** Largest virtual size that fits, in bytes; {@link Long#MAX_VALUE} where only free space limits it. */
    long capacity();

    /**
     * Prepares for a disk of this size (sets the length, preallocates). Called once, before the first write
     * when the size is known by then, else before {@link #complete}. Writes beyond an unprepared end grow a file.
     *
     * @param size bytes, at most {@link #capacity()}
     */
    void prepare(long size) throws IOException;

    /**
     * Writes all remaining bytes; runs of zeros become holes (or zeros, with full preallocation). Not durable
     * before {@link #sync}.
     */
    void write(long offset, ByteBuffer data) throws IOException;

    /** Makes the range read as zeros, whatever it held. */
    void zero(long offset, long length) throws IOException;

    /** Reads back what was written; for tests, verification and late decisions. */
    void read(long offset, ByteBuffer target) throws IOException;

    /** Returns when all bytes written before the call are durable. */
    void sync() throws IOException;

    /**
     * Last step of a successful import: the disk is exactly {@code size} bytes (a device reads as zeros
     * behind the image), durable, and at its final name.
     */
    void complete(long size) throws IOException;

    /** Erases what was written: the image was refused late. The target is as if nothing had been imported. */
    void discard() throws IOException;
}
