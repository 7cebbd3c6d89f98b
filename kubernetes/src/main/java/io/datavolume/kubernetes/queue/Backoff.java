package io.datavolume.kubernetes.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: doubling from {@code first} up to {@code longest}, a little less by chance so that
 * keys that failed together are not tried together.
 *
 * @param jitter the part of the delay that chance may take away, from 0 up to, not including, 1
 */
public record Backoff(Duration first, Duration longest, double jitter) {

    /** From 5 ms to 16 min 40 s, as Kubernetes' own controllers do. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(5), Duration.ofSeconds(1000), 0.2);

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off from " + first + " to " + longest + " does not grow");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter " + jitter + " is not in [0, 1)");
        }
    }

    /** @param failures in a row before this one, 0 or more */
    Duration delay(int failures, RandomGenerator chance) {
        // From here on the double of any delay in use is longer than the longest; a shift beyond 62 would overflow.
        int doublings = Math.min(failures, Long.numberOfLeadingZeros(first.toNanos()) - 1);
        long nanos = Math.min(first.toNanos() << doublings, longest.toNanos());
        return Duration.ofNanos(nanos - (long) (nanos * jitter * chance.nextDouble()));
    }
}
