package io.datavolume.image.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Network trouble, a 5xx or a 429: trying again later may help. */
public final class RetryableException extends TransferException {

    private final @Nullable Duration retryAfter;

    public RetryableException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** @param retryAfter how long the server asked us to wait, or null */
    public RetryableException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
