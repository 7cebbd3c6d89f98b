package io.datavolume.api.v1beta1;

import java.util.Map;

/** Another DataSource in the same namespace. */
public record DataSourceRef(@OmitEmpty String namespace, @OmitEmpty String name,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataSourceRef {
        namespace = Given.text(namespace);
        name = Given.text(name);
        unknown = Given.unknown(unknown);
    }
}
