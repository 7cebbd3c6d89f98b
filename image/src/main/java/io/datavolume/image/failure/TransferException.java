package io.datavolume.image.failure;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that did not succeed. The message names the action, then the cause, then what the user can
 * do; it carries no credentials and no URL query.
 */
public abstract sealed class TransferException extends IOException
        permits RetryableException, NeedsUserException, NeedsScratchException {

    TransferException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
