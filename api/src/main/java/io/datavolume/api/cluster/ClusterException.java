package io.datavolume.api.cluster;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What a cluster answered instead of doing what it was asked. */
public abstract sealed class ClusterException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** No object of that name, or no such kind. */
    public static final class NotFound extends ClusterException {
        @Serial
        private static final long serialVersionUID = 1;

        public NotFound(String message) {
            super(message, null);
        }
    }

    /** The name is taken. */
    public static final class AlreadyExists extends ClusterException {
        @Serial
        private static final long serialVersionUID = 1;

        public AlreadyExists(String message) {
            super(message, null);
        }
    }

    /** The object has changed since it was read: read again, decide again. */
    public static final class Conflict extends ClusterException {
        @Serial
        private static final long serialVersionUID = 1;

        public Conflict(String message) {
            super(message, null);
        }
    }

    /** The object is not valid, and will not be. */
    public static final class Invalid extends ClusterException {
        @Serial
        private static final long serialVersionUID = 1;

        public Invalid(String message) {
            super(message, null);
        }
    }

    /** Not allowed: permissions, admission or a quota; the message is the server's. */
    public static final class Forbidden extends ClusterException {
        @Serial
        private static final long serialVersionUID = 1;

        public Forbidden(String message) {
            super(message, null);
        }

        /** Whether a quota is the reason, as the API server words it. */
        public boolean isQuota() {
            String message = getMessage();
            return message != null && message.contains("exceeded quota:");
        }
    }

    /** The cluster cannot be asked now: network, overload, time-out. Trying again may help. */
    public static final class Unavailable extends ClusterException {
        @Serial
        private static final long serialVersionUID = 1;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
