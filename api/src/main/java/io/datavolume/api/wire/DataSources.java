package io.datavolume.api.wire;

import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import java.util.Optional;

/** What a claim is to be filled from, by its {@code dataSourceRef}. */
public final class DataSources {

    private DataSources() {}

    /**
     * Name of the VolumeImportSource that a claim refers to. A reference into another namespace is not ours to follow.
     */
    public static Optional<String> importSource(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getSpec()).map(PersistentVolumeClaimSpec::getDataSourceRef)
                .filter(ref -> Kinds.GROUP.equals(ref.getApiGroup())
                        && Kinds.VOLUME_IMPORT_SOURCE.name().equals(ref.getKind()) && ref.getNamespace() == null)
                .map(TypedObjectReference::getName).filter(name -> !name.isEmpty());
    }
}
