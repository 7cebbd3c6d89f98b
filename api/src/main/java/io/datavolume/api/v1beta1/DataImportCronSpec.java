package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is imported, when, and for which DataSource.
 *
 * @param schedule five fields of cron; empty for none
 * @param garbageCollect {@code Outdated} or {@code Never}
 * @param importsToKeep 0 or more, 3 if absent
 * @param retentionPolicy {@code None} or {@code All}
 * @param serviceAccountName whose permission clones from other namespaces
 */
public record DataImportCronSpec(@Nullable DataVolumeTemplate template, @Nullable String schedule,
        @OmitEmpty String managedDataSource, @Nullable String garbageCollect, @Nullable Integer importsToKeep,
        @Nullable String retentionPolicy, @Nullable String serviceAccountName,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataImportCronSpec {
        managedDataSource = Given.text(managedDataSource);
        unknown = Given.unknown(unknown);
    }
}
