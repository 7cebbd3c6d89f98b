package io.datavolume.image.failure;

import org.jspecify.annotations.Nullable;

/** Only the user can mend this: trying the same again gives the same. */
public non-sealed class NeedsUserException extends TransferException {

    /** Why the user is needed; decides the exit code of the command. */
    public enum Reason {
        /** The source does not exist or is not given (404 and what is like it, no such file, no such tag, endless redirects). */
        NOT_FOUND,
        /** Credentials missing, wrong, or not sufficient; a certificate that is not trusted. */
        ACCESS_DENIED,
        /** The virtual disk does not fit the target. */
        TOO_LARGE,
        /** The image breaks a safety rule, is damaged, or is of a kind that is not supported. */
        REFUSED_IMAGE,
        /** The bytes are not those that the checksum or digest names. */
        CHECKSUM,
        /** The target's filesystem is full or over quota. */
        NO_SPACE,
        /** The target exists and is not a resumption, is in use, or cannot be written. */
        TARGET,
        /** The source changed while it was read. */
        SOURCE_CHANGED,
        /** The order itself is wrong: an unknown scheme, option, or combination. */
        USAGE
    }

    private final Reason reason;

    public NeedsUserException(Reason reason, String message) {
        this(reason, message, null);
    }

    public NeedsUserException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
