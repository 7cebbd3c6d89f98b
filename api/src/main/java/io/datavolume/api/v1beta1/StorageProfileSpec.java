package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator says about a storage class; wins over what is known of it.
 *
 * @param cloneStrategy one of {@link io.datavolume.api.wire.CloneStrategies}
 */
public record StorageProfileSpec(@OmitEmpty List<ClaimPropertySet> claimPropertySets, @Nullable String cloneStrategy,
        @Nullable String dataImportCronSourceFormat, @Nullable String snapshotClass,
        @Unknown Map<String, Object> unknown) implements Part {

    public StorageProfileSpec {
        claimPropertySets = Given.list(claimPropertySets);
        unknown = Given.unknown(unknown);
    }
}
