package io.datavolume.image.os;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import org.jspecify.annotations.Nullable;

/**
 * The C functions as they are, for 64-bit Linux. Variadic ones are declared with the arguments that are used:
 * integers and pointers are passed alike on x86_64 and aarch64.
 */
interface CLibrary extends Library {

    int open(byte[] path, int flags, int mode) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    int fallocate(int fd, int mode, long offset, long length) throws LastErrorException;

    long lseek(int fd, long offset, int whence) throws LastErrorException;

    int ioctl(int fd, long request, long @Nullable [] argument) throws LastErrorException;

    int ioctl(int fd, long request, long argument) throws LastErrorException;

    /** Returns the error number instead of setting errno. */
    int posix_fadvise(int fd, long offset, long length, int advice);

    int sync_file_range(int fd, long offset, long length, int flags) throws LastErrorException;

    int prctl(int option, long a, long b, long c, long d) throws LastErrorException;

    int prlimit(int pid, int resource, long[] newLimit, long @Nullable [] oldLimit) throws LastErrorException;
}
