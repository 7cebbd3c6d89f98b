package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counts for a storage class.
 *
 * @param claimPropertySets the first is preferred
 */
public record StorageProfileStatus(@OmitEmpty List<ClaimPropertySet> claimPropertySets, @Nullable String cloneStrategy,
        @Nullable String dataImportCronSourceFormat, @Nullable String provisioner, @Nullable String snapshotClass,
        @Nullable String storageClass, @OmitEmpty List<Condition> conditions,
        @Unknown Map<String, Object> unknown) implements Part {

    public StorageProfileStatus {
        claimPropertySets = Given.list(claimPropertySets);
        conditions = Given.list(conditions);
        unknown = Given.unknown(unknown);
    }
}
