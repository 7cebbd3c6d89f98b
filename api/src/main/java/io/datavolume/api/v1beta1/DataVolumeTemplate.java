package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The DataVolume that an import makes. */
public record DataVolumeTemplate(@OmitEmpty String apiVersion, @OmitEmpty String kind, @Nullable ObjectMeta metadata,
        @Nullable DataVolumeSpec spec, @Nullable DataVolumeStatus status,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataVolumeTemplate {
        apiVersion = Given.text(apiVersion);
        kind = Given.text(kind);
        unknown = Given.unknown(unknown);
    }
}
