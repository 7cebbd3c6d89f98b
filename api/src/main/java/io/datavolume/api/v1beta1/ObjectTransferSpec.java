package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is transferred, and where to. */
public record ObjectTransferSpec(@Nullable TransferSource source, @Nullable TransferTarget target,
        @Nullable String parentName, @Unknown Map<String, Object> unknown) implements Part {

    public ObjectTransferSpec {
        unknown = Given.unknown(unknown);
    }
}
