package io.datavolume.controller.importing;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a failure that only the user can mend is tried again: at once when the user changed something, else after one
 * minute, doubling to half an hour, ten times. It is kept on the claim, so that a restarted controller goes on with it.
 *
 * @param attempts tries that have failed, 0 or more
 * @param next when to try again by itself; empty for never
 * @param basis what the last try stood on: a fingerprint of what the user may change
 * @param pod UID of the last pod that failed, so that none is counted twice
 */
record RetrySchedule(int attempts, Optional<Instant> next, String basis, String pod) {

    static final RetrySchedule NONE = new RetrySchedule(0, Optional.empty(), "", "");

    static final int MAX_ATTEMPTS = 10;
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofMinutes(30);
    /** How often it is looked whether the user changed something. */
    static final Duration LOOK = Duration.ofSeconds(5);

    /** @param claim the claim, or the DataVolume while it has none */
    static RetrySchedule of(HasMetadata claim) {
        return new RetrySchedule(attempts(claim),
                Annotations.of(claim, RetryAnnotations.NEXT).flatMap(RetrySchedule::time),
                Annotations.of(claim, RetryAnnotations.BASIS).orElse(""),
                Annotations.of(claim, RetryAnnotations.POD).orElse(""));
    }

    /** After this pod failed, too; tries on another basis do not count. */
    RetrySchedule failed(Pod failedPod, Instant now) {
        String uid = failedPod.getMetadata().getUid();
        if (pod.equals(uid)) {
            return this;
        }
        String on = Annotations.of(failedPod, RetryAnnotations.BASIS).orElse("");
        int failed = on.equals(basis) ? Math.min(attempts, MAX_ATTEMPTS) + 1 : 1;
        return new RetrySchedule(failed,
                failed > MAX_ATTEMPTS ? Optional.empty() : Optional.of(now.plus(delay(failed))), on, uid);
    }

    /** Whether it waits for a next try, or for the user. */
    boolean isWaiting() {
        return attempts > 0;
    }

    /** Whether to try now. A clock that was set back must not hold a retry for longer than the longest delay. */
    boolean isDue(Instant now, Supplier<String> on) {
        return !on.get().equals(basis)
                || next.isPresent() && (!now.isBefore(next.get()) || next.get().isAfter(now.plus(LONGEST)));
    }

    /** As it is kept; null removes. */
    Map<String, @Nullable String> annotations() {
        Map<String, @Nullable String> kept = new LinkedHashMap<>();
        kept.put(RetryAnnotations.ATTEMPTS, attempts == 0 ? null : String.valueOf(attempts));
        kept.put(RetryAnnotations.NEXT, next.map(Instant::toString).orElse(null));
        kept.put(RetryAnnotations.BASIS, basis.isEmpty() ? null : basis);
        kept.put(RetryAnnotations.POD, pod.isEmpty() ? null : pod);
        return kept;
    }

    private static Duration delay(int failed) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(failed - 1, MAX_ATTEMPTS));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    private static int attempts(HasMetadata claim) {
        try {
            return Math.clamp(Annotations.of(claim, RetryAnnotations.ATTEMPTS).map(Long::parseLong).orElse(0L), 0,
                    MAX_ATTEMPTS + 1);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
