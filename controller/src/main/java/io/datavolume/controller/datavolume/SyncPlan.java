package io.datavolume.controller.datavolume;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done for a DataVolume.
 *
 * @param steps in this order
 * @param phase what the status is to say, where something stands in the way of a claim
 * @param notices events about it
 * @param failure why it is to be tried again with back-off
 */
record SyncPlan(List<SyncStep> steps, Optional<PhasePlan> phase, List<Notice> notices, Optional<String> failure) {

    static final SyncPlan NOTHING = of(List.of());

    static SyncPlan of(List<SyncStep> steps) {
        return new SyncPlan(steps, Optional.empty(), List.of(), Optional.empty());
    }

    /** Something stands in the way that the watched objects will tell of when it goes. */
    static SyncPlan blocked(PhasePlan phase, List<Notice> notices) {
        return new SyncPlan(List.of(), Optional.of(phase), notices, Optional.empty());
    }

    /** Something is wrong with what is there. */
    static SyncPlan failed(Notice notice) {
        return new SyncPlan(List.of(), Optional.empty(), List.of(notice), Optional.of(notice.message()));
    }
}
