package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an administrator changes of the objects that the operator makes. */
public record CustomizeComponents(@OmitEmpty List<CustomizePatch> patches, @Nullable CustomizeFlags flags,
        @Unknown Map<String, Object> unknown) implements Part {

    public CustomizeComponents {
        patches = Given.list(patches);
        unknown = Given.unknown(unknown);
    }
}
