package io.datavolume.image.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.datavolume.image.os.Errno.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The calls of 64-bit Linux through JNA; constants from the kernel's uapi headers, alike on x86_64 and aarch64. */
final class LinuxCalls implements NativeCalls {

    private static final int O_RDWR = 2;
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;

    private static final int FALLOC_KEEP_SIZE = 0x01;
    private static final int FALLOC_PUNCH_HOLE = 0x02;
    private static final int FALLOC_ZERO_RANGE = 0x10;

    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private static final long BLKDISCARD = 0x1277;
    private static final long BLKZEROOUT = 0x127f;
    private static final long BLKGETSIZE64 = 0x80081272L;
    private static final long FICLONE = 0x40049409L;

    private static final int FADVISE_DONTNEED = 4;
    private static final int SYNC_WAIT_BEFORE = 1;
    private static final int SYNC_WRITE = 2;
    private static final int SYNC_WAIT_AFTER = 4;

    private static final int PR_SET_PDEATHSIG = 1;
    private static final long SIGKILL = 9;

    private final CLibrary c;

    LinuxCalls(CLibrary c) {
        this.c = c;
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public int open(Path path, NativeFile.Mode mode) throws IOException {
        int flags = O_CLOEXEC | switch (mode) {
            case READ -> 0;
            case WRITE -> O_RDWR;
            case EXCLUSIVE -> O_RDWR | O_EXCL;
        };
        byte[] name = Native.toByteArray(path.toString(), System.getProperty("sun.jnu.encoding", "UTF-8"));
        try {
            return (int) Errno.uninterrupted(() -> c.open(name, flags, 0));
        } catch (LastErrorException e) {
            throw Errno.failure("open " + path, e);
        }
    }

    @Override
    public void close(int fd) throws IOException {
        try {
            // Never repeated: after EINTR the descriptor is closed already and may belong to someone else.
            c.close(fd);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EINTR) {
                throw Errno.failure("close a file", e);
            }
        }
    }

    @Override
    public Result allocate(int fd, long offset, long length) throws IOException {
        return fallocate("allocate", fd, 0, offset, length);
    }

    @Override
    public Result punchHole(int fd, long offset, long length) throws IOException {
        return fallocate("punch a hole of", fd, FALLOC_PUNCH_HOLE | FALLOC_KEEP_SIZE, offset, length);
    }

    @Override
    public Result zeroRange(int fd, long offset, long length) throws IOException {
        return fallocate("zero", fd, FALLOC_ZERO_RANGE | FALLOC_KEEP_SIZE, offset, length);
    }

    private Result fallocate(String verb, int fd, int mode, long offset, long length) throws IOException {
        return ranged(verb, offset, length, () -> c.fallocate(fd, mode, offset, length));
    }

    /** An empty range needs no call, and the kernel would refuse it. */
    private static Result ranged(String verb, long offset, long length, Call call) throws IOException {
        if (length == 0) {
            return Result.DONE;
        }
        return Errno.attempt(verb + " " + length + " bytes at offset " + offset, call);
    }

    @Override
    public long seekData(int fd, long offset) throws IOException {
        return seek(fd, offset, SEEK_DATA, offset);
    }

    @Override
    public long seekHole(int fd, long offset) throws IOException {
        return seek(fd, offset, SEEK_HOLE, Long.MAX_VALUE);
    }

    private long seek(int fd, long offset, int whence, long unsupported) throws IOException {
        try {
            return Errno.uninterrupted(() -> c.lseek(fd, offset, whence));
        } catch (LastErrorException e) {
            return switch (e.getErrorCode()) {
                case Errno.ENXIO -> Long.MAX_VALUE;
                case Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ESPIPE -> unsupported;
                default -> throw Errno.failure("look for data or holes from offset " + offset, e);
            };
        }
    }

    @Override
    public OptionalLong deviceSize(int fd) throws IOException {
        long[] size = new long[1];
        Result result = Errno.attempt("read the size of the device", () -> c.ioctl(fd, BLKGETSIZE64, size));
        return result == Result.DONE && size[0] >= 0 ? OptionalLong.of(size[0]) : OptionalLong.empty();
    }

    @Override
    public Result discard(int fd, long offset, long length) throws IOException {
        return ranged("discard", offset, length, () -> c.ioctl(fd, BLKDISCARD, new long[]{offset, length}));
    }

    @Override
    public Result zeroOut(int fd, long offset, long length) throws IOException {
        return ranged("zero", offset, length, () -> c.ioctl(fd, BLKZEROOUT, new long[]{offset, length}));
    }

    @Override
    public Result cloneFrom(int targetFd, int sourceFd) throws IOException {
        return Errno.attempt("clone a file", () -> c.ioctl(targetFd, FICLONE, sourceFd));
    }

    @Override
    public Result dropCache(int fd, long offset, long length) {
        // Advice: when the kernel does not take it, nothing is lost.
        return c.posix_fadvise(fd, offset, length, FADVISE_DONTNEED) == 0 ? Result.DONE : Result.UNSUPPORTED;
    }

    @Override
    public Result writeBack(int fd, long offset, long length, boolean wait) throws IOException {
        int flags = wait ? SYNC_WAIT_BEFORE | SYNC_WRITE | SYNC_WAIT_AFTER : SYNC_WRITE;
        return ranged("write back", offset, length, () -> c.sync_file_range(fd, offset, length, flags));
    }

    @Override
    public Result dieWithParent() throws IOException {
        return Errno.attempt("ask for a signal at the parent's death",
                () -> c.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
    }

    @Override
    public Result limit(long pid, int resource, long value) throws IOException {
        int process = Math.toIntExact(pid);
        try {
            c.prlimit(process, resource, new long[]{value, value}, null);
            return Result.DONE;
        } catch (LastErrorException e) {
            // A limit that was refused (EPERM) must not pass for one that this system does not know.
            if (e.getErrorCode() == Errno.ENOSYS) {
                return Result.UNSUPPORTED;
            }
            throw Errno.failure("limit a resource of process " + pid, e);
        }
    }
}
