package io.datavolume.controller.datavolume;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** Decides the phase of a DataVolume from its claim. */
final class PhasePlanner {

    private PhasePlanner() {}

    /** @param population the phases of its kind of source */
    static PhasePlan plan(Seen seen, Population population) {
        Phase present = seen.dataVolume().phase();
        Optional<PersistentVolumeClaim> claim = seen.claim().filter(c -> !Seen.isDeleting(c));
        if (isStaticWaiting(seen)) {
            return PhasePlan.of(Phase.PENDING);
        }
        if (claim.isEmpty()) {
            boolean awaited = Annotations.has(seen.dataVolume(), Annotations.PRE_POPULATED);
            return PhasePlan.of(awaited || present == Phase.UNSET ? Phase.PENDING : present);
        }
        return ofClaim(seen, claim.get(), population, present);
    }

    private static PhasePlan ofClaim(Seen seen, PersistentVolumeClaim claim, Population population, Phase present) {
        boolean work = seen.requiresWork(claim);
        return switch (ClaimPhases.of(claim)) {
            case ClaimPhases.PENDING, "" -> pending(seen, claim, population, present, work);
            case ClaimPhases.BOUND -> {
                boolean justBound = present == Phase.PENDING || present == Phase.WAIT_FOR_FIRST_CONSUMER
                        || present == Phase.UNKNOWN || present == Phase.UNSET;
                PhasePlan bound = PhasePlan.of(justBound ? Phase.PVC_BOUND : present);
                yield work ? population.phase(seen, claim).orElse(bound) : PhasePlan.of(Phase.SUCCEEDED);
            }
            case ClaimPhases.LOST -> PhasePlan.of(Phase.FAILED, Notice.warning(Reasons.ERR_CLAIM_LOST,
                    Messages.pvcLost(claim.getMetadata().getName())));
            default -> PhasePlan.of(Phase.UNKNOWN);
        };
    }

    private static PhasePlan pending(Seen seen, PersistentVolumeClaim claim, Population population, Phase present,
            boolean work) {
        if (!work) {
            return PhasePlan.of(Phase.SUCCEEDED);
        }
        if (Seen.usesPopulator(claim)) {
            PhasePlan now = PhasePlan.of(present == Phase.UNSET || present == Phase.PENDING_POPULATION
                    ? Phase.PENDING
                    : present);
            return seen.binding().holdsBack(claim)
                    ? PhasePlan.of(Phase.PENDING_POPULATION)
                    : population.phase(seen, claim).orElse(now);
        }
        return PhasePlan.of(seen.honorsFirstConsumer() && seen.binding() == BindingMode.WAIT_FOR_FIRST_CONSUMER
                ? Phase.WAIT_FOR_FIRST_CONSUMER
                : Phase.PENDING);
    }

    private static boolean isStaticWaiting(Seen seen) {
        return Annotations.has(seen.dataVolume(), Annotations.CHECK_STATIC_VOLUME)
                && seen.claim().filter(c -> Annotations.has(c, Annotations.PERSISTENT_VOLUME_LIST)).isPresent();
    }
}
