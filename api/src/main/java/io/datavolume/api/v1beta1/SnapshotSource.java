package io.datavolume.api.v1beta1;

import java.util.Map;

/** A snapshot of a volume, to be cloned. */
public record SnapshotSource(@OmitEmpty String namespace, @OmitEmpty String name,
        @Unknown Map<String, Object> unknown) implements Source {

    public SnapshotSource {
        namespace = Given.text(namespace);
        name = Given.text(name);
        unknown = Given.unknown(unknown);
    }
}
