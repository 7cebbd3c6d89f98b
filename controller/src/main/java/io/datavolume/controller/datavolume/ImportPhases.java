package io.datavolume.controller.datavolume;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.Reasons;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** The phases of an import, by what the claim says of its worker pod. */
final class ImportPhases {

    private ImportPhases() {}

    /** The phase that the claim's annotations stand for; empty for the one that there is. */
    static Optional<PhasePlan> of(Seen seen, PersistentVolumeClaim claim) {
        String pod = Annotations.of(claim, PodAnnotations.PHASE).orElse("");
        String name = claim.getMetadata().getName();
        if (pod.equals(PodPhases.SUCCEEDED)) {
            return plan(Phase.SUCCEEDED, Notice.normal(Reasons.IMPORT_SUCCEEDED, Messages.importSucceeded(name)));
        }
        Optional<PersistentVolumeClaim> filled = Seen.usesPopulator(claim) ? seen.prime() : Optional.of(claim);
        if (filled.filter(f -> ClaimPhases.isBound(f) && Annotations.has(f, ImportAnnotations.POD_NAME)).isEmpty()) {
            return Optional.empty();
        }
        return switch (pod) {
            case PodPhases.PENDING -> plan(Phase.IMPORT_SCHEDULED,
                    Notice.normal(Reasons.IMPORT_SCHEDULED, Messages.importScheduled(name)));
            case PodPhases.RUNNING -> plan(Phase.IMPORT_IN_PROGRESS,
                    Notice.normal(Reasons.IMPORT_IN_PROGRESS, Messages.importInProgress(name)));
            case PodPhases.FAILED -> plan(
                    Annotations.isTrue(claim, ImportAnnotations.FATAL_ERROR) ? Phase.FAILED : Phase.IMPORT_SCHEDULED,
                    Notice.warning(Reasons.IMPORT_FAILED, Messages.importFailed(name)));
            default -> Optional.of(PhasePlan.of(Phase.IMPORT_SCHEDULED));
        };
    }

    private static Optional<PhasePlan> plan(Phase phase, Notice notice) {
        return Optional.of(PhasePlan.of(phase, notice));
    }
}
