package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a DataSource points to in the end. */
public record DataSourceStatus(@Nullable DataSourceSource source, @OmitEmpty List<Condition> conditions,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataSourceStatus {
        conditions = Given.list(conditions);
        unknown = Given.unknown(unknown);
    }
}
