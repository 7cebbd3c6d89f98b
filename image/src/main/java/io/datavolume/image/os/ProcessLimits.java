package io.datavolume.image.os;

import java.io.IOException;

/** What a process may use, and how long it lives; {@link Result#UNSUPPORTED} where the system has no such call. */
public final class ProcessLimits {

    private static final int RLIMIT_CPU = 0;
    private static final int RLIMIT_FSIZE = 1;
    private static final int RLIMIT_CORE = 4;
    private static final int RLIMIT_AS = 9;

    private ProcessLimits() {}

    /**
     * This process is killed when the thread that started it ends
     * (<a href="https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html">PR_SET_PDEATHSIG</a>). A parent
     * that is dead already is not noticed: the caller compares the parent's pid afterwards.
     */
    public static Result dieWithParent() throws IOException {
        return NativeCalls.get().dieWithParent();
    }

    /**
     * Limits the address space of a running process; allocations beyond it fail.
     *
     * @param pid a child of this user, or 0 for this process
     * @param bytes 1 or more
     */
    public static Result addressSpace(long pid, long bytes) throws IOException {
        return NativeCalls.get().limit(pid, RLIMIT_AS, positive(bytes));
    }

    /**
     * Limits the processor time of a running process; it is killed when it has used it up.
     *
     * @param pid a child of this user, or 0 for this process
     * @param seconds 1 or more
     */
    public static Result cpuTime(long pid, long seconds) throws IOException {
        return NativeCalls.get().limit(pid, RLIMIT_CPU, positive(seconds));
    }

    /**
     * Limits the size of each file that a running process writes; writing beyond it fails or kills the process.
     *
     * @param pid a child of this user, or 0 for this process
     * @param bytes 1 or more
     */
    public static Result fileSize(long pid, long bytes) throws IOException {
        return NativeCalls.get().limit(pid, RLIMIT_FSIZE, positive(bytes));
    }

    /**
     * A running process leaves no dump of its memory when it crashes.
     *
     * @param pid a child of this user, or 0 for this process
     */
    public static Result noCoreDump(long pid) throws IOException {
        return NativeCalls.get().limit(pid, RLIMIT_CORE, 0);
    }

    private static long positive(long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("a limit must be positive: " + limit);
        }
        return limit;
    }
}
