package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the size of a claim stands. */
final class Sizes {

    private static final String STORAGE = "storage";

    private Sizes() {}

    static Optional<Quantity> requested(@Nullable VolumeResourceRequirements resources) {
        return resources == null || resources.getRequests() == null
                ? Optional.empty()
                : Optional.ofNullable(resources.getRequests().get(STORAGE));
    }
}
