package io.datavolume.image.os;

import com.sun.jna.LastErrorException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.util.Set;

/** Error numbers of Linux (the same on x86_64 and aarch64) and what they mean here. */
final class Errno {

    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EBUSY = 16;
    static final int EXDEV = 18;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int ETXTBSY = 26;
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int ESPIPE = 29;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    /** Signals may interrupt a long fallocate; more often than this is not an accident. */
    private static final int MAX_INTERRUPTIONS = 1000;

    // EINVAL and EPERM too: filesystems and sandboxes answer so to requests that they do not know, and the
    // portable way then succeeds or fails with a clear error.
    private static final Set<Integer> UNSUPPORTED = Set.of(EPERM, EXDEV, ENODEV, EINVAL, ENOTTY, ETXTBSY, ESPIPE,
            ENOSYS, EOPNOTSUPP);

    /** A system call that sets errno. */
    interface Call {
        long run() throws LastErrorException;
    }

    private Errno() {}

    /** Runs a call that may be unsupported. */
    static Result attempt(String action, Call call) throws IOException {
        try {
            uninterrupted(call);
            return Result.DONE;
        } catch (LastErrorException e) {
            if (UNSUPPORTED.contains(e.getErrorCode())) {
                return Result.UNSUPPORTED;
            }
            throw failure(action, e);
        }
    }

    /** Runs a call again while signals interrupt it. */
    static long uninterrupted(Call call) throws LastErrorException {
        for (int attempt = 0;; attempt++) {
            try {
                return call.run();
            } catch (LastErrorException e) {
                if (e.getErrorCode() != EINTR || attempt >= MAX_INTERRUPTIONS) {
                    throw e;
                }
            }
        }
    }

    static IOException failure(String action, LastErrorException cause) {
        String message = "Tried to " + action + " but failed: " + cause.getMessage();
        return switch (cause.getErrorCode()) {
            case ENOSPC, EDQUOT, EFBIG -> new NeedsUserException(Reason.NO_SPACE, message, cause);
            case EBUSY -> new NeedsUserException(Reason.TARGET, message, cause);
            default -> new IOException(message, cause);
        };
    }
}
