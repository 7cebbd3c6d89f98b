package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access modes that go with a volume mode. */
public record ClaimPropertySet(@OmitEmpty List<String> accessModes, @Nullable String volumeMode,
        @Unknown Map<String, Object> unknown) implements Part {

    public ClaimPropertySet {
        accessModes = Given.list(accessModes);
        unknown = Given.unknown(unknown);
    }
}
