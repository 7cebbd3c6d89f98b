package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a DataSource points to: at most one member. */
public record DataSourceSource(@Nullable PvcSource pvc, @Nullable SnapshotSource snapshot,
        @Nullable DataSourceRef dataSource, @Unknown Map<String, Object> unknown) implements Part {

    public DataSourceSource {
        unknown = Given.unknown(unknown);
    }
}
