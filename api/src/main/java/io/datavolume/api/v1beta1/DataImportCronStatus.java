package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far imports are.
 *
 * @param lastExecutionTimestamp RFC 3339
 * @param lastImportTimestamp RFC 3339
 * @param sourceFormat one of {@link io.datavolume.api.wire.SourceFormats}
 */
public record DataImportCronStatus(@OmitEmpty List<ImportStatus> currentImports,
        @JsonProperty("lastImportedPVC") @Nullable ImportedPvc lastImportedPvc, @Nullable String lastExecutionTimestamp,
        @Nullable String lastImportTimestamp, @Nullable String sourceFormat, @OmitEmpty List<Condition> conditions,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataImportCronStatus {
        currentImports = Given.list(currentImports);
        conditions = Given.list(conditions);
        unknown = Given.unknown(unknown);
    }
}
