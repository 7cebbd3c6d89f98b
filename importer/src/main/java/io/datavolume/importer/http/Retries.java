package io.datavolume.importer.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.datavolume.image.failure.RetryableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what is retryable: waits grow exponentially with full jitter, or are what the server asked for, until
 * the time is used up. One call that comes back has made progress, so each call has the whole time.
 */
public final class Retries {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Attempts, of which the waits make up about half a second. */
    private static final int MOMENT = 3;

    private final RetryPolicy<Object> policy;
    private final Consumer<String> waiting;
    private final AtomicReference<String> told = new AtomicReference<>("");

    /** @param total how long to try again before the failure is final; none for one attempt only */
    public Retries(Duration total) {
        this(total, message -> {});
    }

    /** @param waiting told why it is tried again where that goes on for more than a moment, once for each reason */
    public Retries(Duration total, Consumer<String> waiting) {
        this.waiting = waiting;
        var builder = RetryPolicy.builder().handle(RetryableException.class).withDelayFn(
                context -> delay(context.getLastException(), context.getAttemptCount()));
        this.policy = total.isZero()
                ? builder.withMaxRetries(0).build()
                : builder.withMaxRetries(-1).withMaxDuration(total).onRetryScheduled(
                        event -> tell(event.getAttemptCount(), event.getLastException())).build();
    }

    private void tell(int attempts, @Nullable Throwable failure) {
        String why = failure == null ? "" : String.valueOf(failure.getMessage());
        if (attempts >= MOMENT && !why.equals(told.getAndSet(why))) {
            waiting.accept(why + "; trying again");
        }
    }

    /** An attempt that fails with a {@link RetryableException} where it may be made again. */
    public interface Attempt<T> {
        T run() throws IOException;
    }

    public <T> T call(Attempt<T> attempt) throws IOException {
        return callAfter(null, attempt);
    }

    /** @param failure what went wrong already; counts as the first attempt */
    public <T> T callAfter(@Nullable IOException failure, Attempt<T> attempt) throws IOException {
        AtomicReference<@Nullable IOException> pending = new AtomicReference<>(failure);
        try {
            return Failsafe.with(policy).get(() -> {
                IOException first = pending.getAndSet(null);
                if (first != null) {
                    throw first;
                }
                return attempt.run();
            });
        } catch (FailsafeException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case InterruptedException interrupt -> {
                    Thread.currentThread().interrupt();
                    throw (InterruptedIOException) new InterruptedIOException("interrupted while waiting to try again")
                            .initCause(interrupt);
                }
                case null, default -> throw e;
            }
        }
    }

    /** How long to wait after so many attempts, of which this is the last one's failure. */
    static Duration delay(@Nullable Throwable last, int attempts) {
        if (last instanceof RetryableException retryable && retryable.retryAfter().isPresent()) {
            return retryable.retryAfter().get();
        }
        int doublings = Math.min(6, Math.max(0, attempts - 1));
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
