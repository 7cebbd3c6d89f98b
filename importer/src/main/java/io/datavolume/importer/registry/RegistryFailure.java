package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.image.failure.TransferException;
import io.datavolume.importer.http.HttpFailures;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a status that is not success means. */
final class RegistryFailure {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private RegistryFailure() {}

    /** @param action what was tried, without a query: the begin of the message */
    static TransferException of(RegistryHttp.Reply reply, String action) {
        int status = reply.status();
        String message = action + ": status " + status;
        if (status >= 500 || PASSING.contains(status)) {
            return new RetryableException(message, null, retryAfter(reply));
        }
        return switch (status) {
            case 401, 403 -> new NeedsUserException(Reason.ACCESS_DENIED,
                    message + ", access denied; check the credentials and that they may pull this image");
            case 404, 410 -> new NeedsUserException(Reason.NOT_FOUND,
                    message + ", not found; check the name and the tag or digest");
            default -> new NeedsUserException(Reason.NOT_FOUND, message + ", the registry does not serve this");
        };
    }

    /** Reads a small body, at most {@code max} bytes of it. */
    static byte[] body(RegistryHttp.Reply reply, int max, String action) throws TransferException {
        try {
            return reply.body().readNBytes(max);
        } catch (TransferException e) {
            throw e;
        } catch (IOException e) {
            throw new RetryableException(action + ": the connection was cut: " + e.getMessage(), e);
        }
    }

    private static @Nullable Duration retryAfter(RegistryHttp.Reply reply) {
        return reply.header("Retry-After").stream().findFirst()
                .flatMap(value -> HttpFailures.retryAfter(value.strip(), Clock.systemUTC())).orElse(null);
    }
}
