package io.datavolume.api.reconcile;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reconciler says when it is done.
 *
 * @param again after this time it wants to be called even if nothing changes
 */
public record Outcome(Optional<Duration> again) {

    /** Nothing to do until something changes. */
    public static final Outcome DONE = new Outcome(Optional.empty());

    public static Outcome after(Duration delay) {
        return new Outcome(Optional.of(delay));
    }

    /** The earlier of two. */
    public Outcome sooner(Outcome other) {
        if (again.isEmpty()) {
            return other;
        }
        return other.again.isPresent() && other.again.get().compareTo(again.get()) < 0 ? other : this;
    }
}
