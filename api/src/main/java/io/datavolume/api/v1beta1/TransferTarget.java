package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Its new place. */
public record TransferTarget(@Nullable String namespace, @Nullable String name,
        @Unknown Map<String, Object> unknown) implements Part {

    public TransferTarget {
        unknown = Given.unknown(unknown);
    }
}
