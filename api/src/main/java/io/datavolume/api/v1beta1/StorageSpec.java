package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Wishes for a claim; what is left out comes from the storage profile.
 *
 * @param storageClassName none for the default class; empty for no class at all
 */
public record StorageSpec(@OmitEmpty List<String> accessModes, @Nullable String storageClassName,
        @Nullable String volumeMode, @Nullable VolumeResourceRequirements resources, @Nullable LabelSelector selector,
        @Nullable String volumeName, @Nullable TypedLocalObjectReference dataSource,
        @Nullable TypedObjectReference dataSourceRef, @Unknown Map<String, Object> unknown) implements Part {

    public StorageSpec {
        accessModes = Given.list(accessModes);
        unknown = Given.unknown(unknown);
    }

    /** The size that is asked for. */
    public Optional<Quantity> size() {
        return Sizes.requested(resources);
    }
}
