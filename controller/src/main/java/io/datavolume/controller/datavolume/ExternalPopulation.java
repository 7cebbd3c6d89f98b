package io.datavolume.controller.datavolume;

import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import java.util.Optional;
import java.util.Set;

/**
 * Filled by somebody else, whom the claim's data source names.
 *
 * @param hasCsiDriver whether the provisioner of the claim's storage class is a CSI driver
 */
record ExternalPopulation(boolean hasCsiDriver) implements Population {

    private static final String SNAPSHOT = "VolumeSnapshot";
    /** What every API server fills claims from, whatever its gates. */
    private static final Set<String> BUILT_IN = Set.of("PersistentVolumeClaim", SNAPSHOT);

    @Override
    public String component() {
        return EventComponents.DATA_VOLUME_EXTERNAL_POPULATION;
    }

    @Override
    public Optional<PhasePlan> phase(Seen seen, PersistentVolumeClaim claim) {
        PersistentVolumeClaimSpec spec = claim.getSpec();
        String kind = kind(spec).or(() -> wanted(seen, true)).orElse("");
        if (!kind.equals(SNAPSHOT)) {
            if (!hasCsiDriver) {
                return told(seen, Reasons.NO_CSI_DRIVER_FOR_EXTERNAL_POPULATION, Messages.NO_CSI_DRIVER);
            }
            if (spec.getDataSourceRef() == null && !BUILT_IN.contains(kind)) {
                return told(seen, Reasons.NO_ANY_VOLUME_DATA_SOURCE, Messages.NO_ANY_VOLUME_DATA_SOURCE);
            }
        }
        String name = wanted(seen, false).orElse(kind);
        return Optional.of(PhasePlan.of(Phase.SUCCEEDED, Notice.normal(Reasons.EXTERNAL_POPULATION_SUCCEEDED,
                Messages.externallyPopulated(claim.getMetadata().getName(), name))));
    }

    private static Optional<PhasePlan> told(Seen seen, String reason, String message) {
        return Optional.of(PhasePlan.of(seen.dataVolume().phase(), Notice.warning(reason, message)));
    }

    private static Optional<String> kind(PersistentVolumeClaimSpec spec) {
        if (spec.getDataSourceRef() != null) {
            return Optional.of(spec.getDataSourceRef().getKind());
        }
        return spec.getDataSource() == null ? Optional.empty() : Optional.of(spec.getDataSource().getKind());
    }

    /** Kind or name of the data source that the DataVolume asks for. */
    private static Optional<String> wanted(Seen seen, boolean wantsKind) {
        var spec = seen.dataVolume().getSpec();
        var reference = spec.pvc() != null
                ? spec.pvc().getDataSourceRef()
                : spec.storage() != null ? spec.storage().dataSourceRef() : null;
        if (reference != null) {
            return Optional.of(wantsKind ? reference.getKind() : reference.getName());
        }
        var local = spec.pvc() != null
                ? spec.pvc().getDataSource()
                : spec.storage() != null ? spec.storage().dataSource() : null;
        return local == null ? Optional.empty() : Optional.of(wantsKind ? local.getKind() : local.getName());
    }
}
