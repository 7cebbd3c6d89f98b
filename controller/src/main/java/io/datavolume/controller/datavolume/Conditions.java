package io.datavolume.controller.datavolume;

import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.Reasons;
import io.datavolume.controller.progress.ProgressText;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The conditions of a DataVolume: Bound, Ready, Running, in this order. */
final class Conditions {

    private static final String AND = " and ";

    private Conditions() {}

    /** What one condition says. */
    private record Says(String status, String reason, String message) {}

    static List<Condition> plan(List<Condition> present, Optional<PersistentVolumeClaim> claim, PhasePlan phase,
            Instant now) {
        Says bound = bound(claim, phase);
        Says running = running(claim);
        Says ready = ready(bound, running, phase.phase());
        List<Condition> conditions = set(present, ConditionTypes.BOUND, bound, now);
        conditions = set(conditions, ConditionTypes.READY, ready, now);
        return set(conditions, ConditionTypes.RUNNING, running, now);
    }

    private static List<Condition> set(List<Condition> conditions, String type, Says says, Instant now) {
        return Condition.set(conditions, type, says.status, says.reason, says.message, now);
    }

    private static Says bound(Optional<PersistentVolumeClaim> held, PhasePlan phase) {
        if (held.isEmpty()) {
            Optional<Notice> why = phase.forced() ? phase.notice() : Optional.empty();
            return new Says(Condition.FALSE, why.map(Notice::reason).orElse(Reasons.NOT_FOUND),
                    why.map(Notice::message).orElse(Messages.NO_PVC_FOUND));
        }
        PersistentVolumeClaim claim = held.get();
        String name = claim.getMetadata().getName();
        Optional<String> annotated = Annotations.of(claim, PodAnnotations.BOUND);
        boolean denied = annotated.isPresent() && !annotated.get().equalsIgnoreCase("true");
        String reason = Annotations.of(claim, PodAnnotations.BOUND_REASON).orElse("");
        String message = Annotations.of(claim, PodAnnotations.BOUND_MESSAGE).orElse("");
        return switch (ClaimPhases.of(claim)) {
            // A claim that is bound waits for nothing, whatever was to be said before.
            case ClaimPhases.BOUND -> denied && !reason.equals(Reasons.PENDING)
                    ? new Says(Condition.FALSE, reason, message)
                    : new Says(Condition.TRUE, Reasons.BOUND, Messages.pvcBound(name));
            case ClaimPhases.PENDING, "" -> denied
                    ? new Says(Condition.FALSE, reason, Annotations.of(claim, Annotations.PVC_PRIME)
                            .map(prime -> Messages.targetPending(name, prime, message))
                            .orElse(Messages.targetPending(name, message)))
                    : new Says(Condition.FALSE, Reasons.PENDING, Messages.pvcPending(name));
            case ClaimPhases.LOST -> new Says(Condition.FALSE, Reasons.CLAIM_LOST, Messages.CLAIM_LOST);
            default -> new Says(Condition.FALSE, "", "");
        };
    }

    private static Says ready(Says bound, Says running, Phase phase) {
        if (phase == Phase.SUCCEEDED) {
            return new Says(Condition.TRUE, "", "");
        }
        boolean transfer = bound.status.equals(Condition.TRUE) && running.status.equals(Condition.TRUE);
        return new Says(phase == Phase.UNKNOWN ? Condition.UNKNOWN : Condition.FALSE,
                transfer ? Reasons.TRANSFER_RUNNING : "", "");
    }

    private static Says running(Optional<PersistentVolumeClaim> held) {
        if (held.isEmpty()) {
            return new Says(Condition.FALSE, "", "");
        }
        PersistentVolumeClaim claim = held.get();
        Says target = annotated(claim, PodAnnotations.RUNNING, PodAnnotations.RUNNING_REASON,
                PodAnnotations.RUNNING_MESSAGE);
        Says source = annotated(claim, PodAnnotations.SOURCE_RUNNING, PodAnnotations.SOURCE_RUNNING_REASON,
                PodAnnotations.SOURCE_RUNNING_MESSAGE);
        if (Annotations.is(claim, PodAnnotations.SCHEDULABLE, "false")) {
            return new Says(Condition.FALSE, Reasons.UNSCHEDULABLE, Messages.UNSCHEDULABLE);
        }
        return switch (target.status) {
            case "true" -> source.status.equals("false")
                    ? new Says(Condition.FALSE, source.reason, source.message)
                    : new Says(Condition.TRUE, target.reason,
                            target.message.isEmpty() ? ProgressText.of(claim) : target.message);
            case "false" -> source.status.equals("false")
                    ? new Says(Condition.FALSE, target.reason + AND + source.reason,
                            target.message + AND + source.message)
                    : new Says(Condition.FALSE, target.reason, target.message);
            case "" -> new Says(Condition.FALSE, target.reason, target.message);
            default -> source.status.isEmpty()
                    ? new Says(Condition.UNKNOWN, target.reason, target.message)
                    : new Says(Condition.UNKNOWN, target.reason + AND + source.reason,
                            target.message + AND + source.message);
        };
    }

    private static Says annotated(PersistentVolumeClaim claim, String status, String reason, String message) {
        return new Says(Annotations.of(claim, status).orElse("").toLowerCase(java.util.Locale.ROOT),
                Annotations.of(claim, reason).orElse(""), Annotations.of(claim, message).orElse(""));
    }
}
