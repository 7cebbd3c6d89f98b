package io.datavolume.image.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The system calls that the JDK lacks. Offsets and lengths are bytes, 0 or more; a file descriptor comes from
 * {@link #open} (or is -1 in the portable implementation). Errors other than "not supported" are
 * {@link IOException} with the name of the error; a full disk or quota is
 * {@link io.datavolume.image.failure.NeedsUserException} with reason NO_SPACE.
 *
 * <p>The first native call costs about 200 ms, so {@link #get()} is called only where one is needed. Callers
 * normally use {@link NativeFile} and {@link ProcessLimits}.
 */
interface NativeCalls {

    /** The calls of this system; the portable answers where there are none. */
    static NativeCalls get() {
        return LoadedCalls.INSTANCE;
    }

    /** Answers "unsupported" to everything. */
    static NativeCalls portable() {
        return PortableCalls.INSTANCE;
    }

    /** Whether calls reach the kernel. */
    boolean available();

    /** open(2) with O_CLOEXEC; -1 where native calls are missing. */
    int open(Path path, NativeFile.Mode mode) throws IOException;

    void close(int fd) throws IOException;

    /** fallocate(2), mode 0: the range has blocks and the file is at least as long. */
    Result allocate(int fd, long offset, long length) throws IOException;

    /** fallocate(2) PUNCH_HOLE, KEEP_SIZE. */
    Result punchHole(int fd, long offset, long length) throws IOException;

    /** fallocate(2) ZERO_RANGE, KEEP_SIZE. */
    Result zeroRange(int fd, long offset, long length) throws IOException;

    /** lseek(2) SEEK_DATA; {@link Long#MAX_VALUE} when no data follows, {@code offset} itself where unsupported. */
    long seekData(int fd, long offset) throws IOException;

    /** lseek(2) SEEK_HOLE; {@link Long#MAX_VALUE} at or behind the end and where unsupported. */
    long seekHole(int fd, long offset) throws IOException;

    /** BLKGETSIZE64: size of a block device. */
    OptionalLong deviceSize(int fd) throws IOException;

    /** BLKDISCARD. The content is undefined afterwards: never a way to zero. */
    Result discard(int fd, long offset, long length) throws IOException;

    /** BLKZEROOUT; range aligned to the logical sector. */
    Result zeroOut(int fd, long offset, long length) throws IOException;

    /** FICLONE: the target shares all blocks of the source. */
    Result cloneFrom(int targetFd, int sourceFd) throws IOException;

    /** posix_fadvise(2) DONTNEED. */
    Result dropCache(int fd, long offset, long length) throws IOException;

    /** sync_file_range(2): begins to write dirty pages, or also waits for them. Says nothing about durability. */
    Result writeBack(int fd, long offset, long length, boolean wait) throws IOException;

    /** prctl(2) PR_SET_PDEATHSIG with SIGKILL. */
    Result dieWithParent() throws IOException;

    /** prlimit(2), soft and hard limit alike; pid 0 is this process. */
    Result limit(long pid, int resource, long value) throws IOException;
}
