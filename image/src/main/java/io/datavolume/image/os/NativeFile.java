package io.datavolume.image.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file or block device opened natively, for the calls that {@link java.nio.channels.FileChannel} lacks.
 * Where native calls are missing it opens nothing and answers {@link Result#UNSUPPORTED}. Thread-safe, except
 * that no call may run during or after {@link #close}.
 *
 * <p>Closing any descriptor of a file releases the locks that this process holds on it
 * (<a href="https://man7.org/linux/man-pages/man2/fcntl_locking.2.html">fcntl</a>): close a native file
 * together with the locked channel, not before.
 */
public final class NativeFile implements AutoCloseable {

    /** How a file is opened. */
    public enum Mode {
        /** Read only. */
        READ,
        /** Read and write. */
        WRITE,
        /** Read and write, refused where a block device is mounted or otherwise in use. */
        EXCLUSIVE
    }

    private final NativeCalls calls;
    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NativeFile(NativeCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /**
     * @throws io.datavolume.image.failure.NeedsUserException with reason TARGET when the device is in use
     * @throws IOException when it cannot be opened
     */
    public static NativeFile open(Path path, Mode mode) throws IOException {
        return open(NativeCalls.get(), path, mode);
    }

    /** A file on which every call is unsupported; costs nothing. */
    public static NativeFile unsupported() {
        return new NativeFile(NativeCalls.portable(), -1);
    }

    static NativeFile open(NativeCalls calls, Path path, Mode mode) throws IOException {
        return new NativeFile(calls, calls.open(path, mode));
    }

    /** Whether calls reach the kernel at all. */
    public boolean available() {
        return calls.available();
    }

    /** Gives the range blocks, which read as zeros where nothing was written, and grows the file over it. */
    public Result allocate(long offset, long length) throws IOException {
        return calls.allocate(fd, offset, length);
    }

    /** Frees the blocks of the range, which then reads as zeros; partial blocks are zeroed. Keeps the length. */
    public Result punchHole(long offset, long length) throws IOException {
        return calls.punchHole(fd, offset, length);
    }

    /** Makes the range read as zeros and keeps its blocks. Keeps the length. */
    public Result zeroRange(long offset, long length) throws IOException {
        return calls.zeroRange(fd, offset, length);
    }

    /**
     * First offset at or after {@code offset} that may hold data; {@link Long#MAX_VALUE} when there is none. Where
     * holes are unknown, {@code offset} itself.
     */
    public long seekData(long offset) throws IOException {
        return calls.seekData(fd, offset);
    }

    /**
     * First offset at or after {@code offset} that lies in a hole; the end of the file counts as one.
     * {@link Long#MAX_VALUE} behind the end and where holes are unknown.
     */
    public long seekHole(long offset) throws IOException {
        return calls.seekHole(fd, offset);
    }

    /** Size of a block device in bytes; empty for anything else. */
    public OptionalLong deviceSize() throws IOException {
        return calls.deviceSize(fd);
    }

    /** Tells a block device that the range is unused. What it reads as afterwards is undefined. */
    public Result discard(long offset, long length) throws IOException {
        return calls.discard(fd, offset, length);
    }

    /**
     * Makes a range of a block device read as zeros.
     *
     * @param offset multiple of the logical sector
     * @param length multiple of the logical sector
     */
    public Result zeroOut(long offset, long length) throws IOException {
        return calls.zeroOut(fd, offset, length);
    }

    /** Makes this file share all blocks of another one on the same filesystem. */
    public Result cloneFrom(NativeFile source) throws IOException {
        return calls.cloneFrom(fd, source.fd);
    }

    /** Lets go of clean pages of the range. */
    public Result dropCache(long offset, long length) throws IOException {
        return calls.dropCache(fd, offset, length);
    }

    /** Begins to write the dirty pages of the range. */
    public Result startWriteBack(long offset, long length) throws IOException {
        return calls.writeBack(fd, offset, length, false);
    }

    /** Writes the dirty pages of the range and waits for them; not durable before a sync. */
    public Result finishWriteBack(long offset, long length) throws IOException {
        return calls.writeBack(fd, offset, length, true);
    }

    /** Closes the descriptor; more than once is harmless. */
    @Override
    public void close() throws IOException {
        if (!closed.getAndSet(true) && fd >= 0) {
            calls.close(fd);
        }
    }
}
