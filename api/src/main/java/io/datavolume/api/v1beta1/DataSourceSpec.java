package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a DataSource points to. */
public record DataSourceSpec(@Nullable DataSourceSource source, @Unknown Map<String, Object> unknown) implements Part {

    public DataSourceSpec {
        unknown = Given.unknown(unknown);
    }
}
