package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ContentTypes;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a DataVolume is to become. Immutable but for the checkpoints.
 *
 * @param pvc claim as it is; this or storage
 * @param contentType one of {@link io.datavolume.api.wire.ContentTypes}; empty is a disk
 */
public record DataVolumeSpec(@Nullable DataVolumeSource source, @Nullable DataVolumeSourceRef sourceRef,
        @Nullable PersistentVolumeClaimSpec pvc, @Nullable StorageSpec storage, @OmitEmpty String contentType,
        @Nullable Boolean preallocation, @OmitEmpty String priorityClassName, @OmitEmpty String serviceAccountName,
        @OmitEmpty List<Checkpoint> checkpoints, @Nullable Boolean finalCheckpoint,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataVolumeSpec {
        contentType = Given.text(contentType);
        priorityClassName = Given.text(priorityClassName);
        serviceAccountName = Given.text(serviceAccountName);
        checkpoints = Given.list(checkpoints);
        unknown = Given.unknown(unknown);
    }

    /** The one source, if there is exactly one. */
    public Optional<Source> onlySource() {
        return source == null ? Optional.empty() : source.only();
    }

    /** The size that is asked for. */
    public Optional<Quantity> size() {
        if (pvc != null) {
            return Sizes.requested(pvc.getResources());
        }
        return storage == null ? Optional.empty() : storage.size();
    }

    /** The storage class that is asked for: absent for the default, empty text for none. */
    public Optional<String> storageClass() {
        if (pvc != null) {
            return Optional.ofNullable(pvc.getStorageClassName());
        }
        return storage == null ? Optional.empty() : Optional.ofNullable(storage.storageClassName());
    }

    /** Whether a tar archive is to be unpacked. */
    public boolean archive() {
        return ContentTypes.ARCHIVE.equals(contentType);
    }

    /** Whether somebody else fills the claim: no source, but a data source of the claim. */
    public boolean externallyPopulated() {
        if (source != null || sourceRef != null) {
            return false;
        }
        if (pvc != null) {
            return pvc.getDataSource() != null || pvc.getDataSourceRef() != null;
        }
        return storage != null && (storage.dataSource() != null || storage.dataSourceRef() != null);
    }
}
