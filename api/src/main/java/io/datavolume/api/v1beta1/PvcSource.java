package io.datavolume.api.v1beta1;

import java.util.Map;

/** Another claim, to be cloned. */
public record PvcSource(@OmitEmpty String namespace, @OmitEmpty String name,
        @Unknown Map<String, Object> unknown) implements Source {

    public PvcSource {
        namespace = Given.text(namespace);
        name = Given.text(name);
        unknown = Given.unknown(unknown);
    }
}
