package io.datavolume.image.os;

import java.nio.file.Path;
import java.util.OptionalLong;

/** For systems without the native calls: everything is unsupported, every byte of a file is data. */
enum PortableCalls implements NativeCalls {
    INSTANCE;

    @Override
    public boolean available() {
        return false;
    }

    @Override
    public int open(Path path, NativeFile.Mode mode) {
        return -1;
    }

    @Override
    public void close(int fd) {}

    @Override
    public Result allocate(int fd, long offset, long length) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result punchHole(int fd, long offset, long length) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result zeroRange(int fd, long offset, long length) {
        return Result.UNSUPPORTED;
    }

    @Override
    public long seekData(int fd, long offset) {
        return offset;
    }

    @Override
    public long seekHole(int fd, long offset) {
        return Long.MAX_VALUE;
    }

    @Override
    public OptionalLong deviceSize(int fd) {
        return OptionalLong.empty();
    }

    @Override
    public Result discard(int fd, long offset, long length) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result zeroOut(int fd, long offset, long length) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result cloneFrom(int targetFd, int sourceFd) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result dropCache(int fd, long offset, long length) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result writeBack(int fd, long offset, long length, boolean wait) {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result dieWithParent() {
        return Result.UNSUPPORTED;
    }

    @Override
    public Result limit(long pid, int resource, long value) {
        return Result.UNSUPPORTED;
    }
}
