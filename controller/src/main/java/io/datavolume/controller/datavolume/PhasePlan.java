package io.datavolume.controller.datavolume;

import io.datavolume.api.wire.Phase;
import java.util.Optional;

/**
 * A phase, and the event that tells of it if it is a new one.
 *
 * @param forced whether the notice explains why there is no claim
 */
record PhasePlan(Phase phase, Optional<Notice> notice, boolean forced) {

    static PhasePlan of(Phase phase) {
        return new PhasePlan(phase, Optional.empty(), false);
    }

    static PhasePlan of(Phase phase, Notice notice) {
        return new PhasePlan(phase, Optional.of(notice), false);
    }

    /** What stands in the way of a claim. */
    static PhasePlan forced(Phase phase, Notice notice) {
        return new PhasePlan(phase, Optional.of(notice), true);
    }
}
