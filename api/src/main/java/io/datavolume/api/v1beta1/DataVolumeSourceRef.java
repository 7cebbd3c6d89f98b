package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source by its name.
 *
 * @param kind {@code DataSource}
 * @param namespace the DataVolume's own if absent
 */
public record DataVolumeSourceRef(@OmitEmpty String kind, @Nullable String namespace, @OmitEmpty String name,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataVolumeSourceRef {
        kind = Given.text(kind);
        name = Given.text(name);
        unknown = Given.unknown(unknown);
    }
}
