package io.datavolume.api.event;

import java.time.Duration;
import java.time.Instant;

/**
 * Lets a component tell 25 things of an object at once and one more every five minutes, so that a loop that goes wrong
 * does not fill the cluster's store.
 */
final class SpamFilter {

    static final int BURST = 25;
    static final Duration REFILL = Duration.ofMinutes(5);

    private final Recent<Source, Bucket> buckets;

    SpamFilter(int capacity) {
        buckets = new Recent<>(capacity);
    }

    /** Whether this may still be told. */
    boolean admits(Occurrence occurrence, Instant now) {
        Source source = new Source(occurrence.component(), occurrence.about());
        Bucket bucket = buckets.getOrDefault(source, new Bucket(BURST, now)).refilled(now);
        boolean admitted = bucket.tokens() >= 1;
        buckets.put(source, admitted ? new Bucket(bucket.tokens() - 1, bucket.filledAt()) : bucket);
        return admitted;
    }

    private record Source(String component, Occurrence.About about) {}

    private record Bucket(double tokens, Instant filledAt) {

        /** A clock that was set back takes nothing, and time counts from there. */
        Bucket refilled(Instant now) {
            Duration passed = Duration.between(filledAt, now);
            double more = Math.max(0, passed.toMillis() / (double) REFILL.toMillis());
            return new Bucket(Math.min(BURST, tokens + more), now);
        }
    }
}
