package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What claims that refer to a VolumeCloneSource are cloned from. */
public record VolumeCloneSourceSpec(@Nullable TypedLocalObjectReference source, @Nullable Boolean preallocation,
        @Nullable String priorityClassName, @Unknown Map<String, Object> unknown) implements Part {

    public VolumeCloneSourceSpec {
        unknown = Given.unknown(unknown);
    }
}
