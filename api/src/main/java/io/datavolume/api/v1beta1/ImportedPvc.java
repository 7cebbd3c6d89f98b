package io.datavolume.api.v1beta1;

import java.util.Map;

/** What was imported last. */
public record ImportedPvc(@OmitEmpty String namespace, @OmitEmpty String name,
        @Unknown Map<String, Object> unknown) implements Part {

    public ImportedPvc {
        namespace = Given.text(namespace);
        name = Given.text(name);
        unknown = Given.unknown(unknown);
    }
}
