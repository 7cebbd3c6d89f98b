package io.datavolume.controller.datavolume;

import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolumeStatus;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what a DataVolume's status says, and which events tell of the change. */
final class StatusPlanner {

    private StatusPlanner() {}

    /** @param forced what stands in the way, if something does */
    static StatusPlan plan(Seen seen, Population population, Optional<PhasePlan> forced, Instant now) {
        DataVolumeStatus present = seen.dataVolume().statusOrEmpty();
        PhasePlan phase = forced.orElseGet(() -> PhasePlanner.plan(seen, population));
        Optional<PersistentVolumeClaim> claim = forced.isPresent()
                ? Optional.empty()
                : seen.claim().filter(c -> !Seen.isDeleting(c));
        DataVolumeStatus status = new DataVolumeStatus(
                claim.map(c -> c.getMetadata().getName()).orElse(present.claimName()), phase.phase().text(),
                progress(present, claim, phase.phase()), restarts(present, claim),
                Conditions.plan(present.conditions(), claim, phase, now), present.unknown());
        return new StatusPlan(status, notices(present, status, phase));
    }

    private static String progress(DataVolumeStatus present, Optional<PersistentVolumeClaim> claim, Phase phase) {
        if (phase == Phase.SUCCEEDED && claim.filter(c -> Annotations.has(c, PodAnnotations.PHASE)).isPresent()) {
            return Messages.PROGRESS_DONE;
        }
        String known = present.progress().isEmpty() ? Messages.PROGRESS_UNKNOWN : present.progress();
        return claim.flatMap(c -> Annotations.of(c, Annotations.POPULATOR_PROGRESS)).orElse(known);
    }

    private static @Nullable Integer restarts(DataVolumeStatus present, Optional<PersistentVolumeClaim> claim) {
        return claim.flatMap(c -> Annotations.of(c, PodAnnotations.RESTARTS)).filter(r -> r.matches("\\d{1,9}"))
                .map(Integer::valueOf).orElse(present.restartCount());
    }

    private static List<Notice> notices(DataVolumeStatus before, DataVolumeStatus after, PhasePlan phase) {
        List<Notice> notices = new ArrayList<>();
        boolean moved = !Phase.of(before.phase()).equals(phase.phase());
        if (moved || phase.forced()) {
            phase.notice().ifPresent(notices::add);
        }
        Condition bound = condition(after, ConditionTypes.BOUND);
        if (differs(before, bound) && !(phase.forced() && phase.notice().isPresent())) {
            notices.add(Notice.normal(bound.reason(), bound.message()));
        }
        Condition running = condition(after, ConditionTypes.RUNNING);
        boolean begun = bound.status().equals(Condition.TRUE)
                || phase.phase() != Phase.PENDING && phase.phase() != Phase.PENDING_POPULATION;
        if (begun && condition(after, ConditionTypes.READY).status().equals(Condition.FALSE)
                && running.status().equals(Condition.FALSE) && !running.message().isEmpty()
                && !running.message().equals(Messages.SCRATCH_REQUIRED) && differs(before, running)) {
            notices.add(Notice.warning(running.reason(), running.message()));
        }
        return notices;
    }

    private static boolean differs(DataVolumeStatus before, Condition after) {
        return Condition.find(before.conditions(), after.type()).filter(after::saysSame).isEmpty();
    }

    private static Condition condition(DataVolumeStatus status, String type) {
        return Condition.find(status.conditions(), type).orElseThrow();
    }
}
