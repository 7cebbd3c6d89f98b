package io.datavolume.api.v1beta1;

import java.util.Map;

/** The object to be transferred. */
public record TransferSource(@OmitEmpty String apiVersion, @OmitEmpty String kind, @OmitEmpty String namespace,
        @OmitEmpty String name, @OmitEmpty Map<String, String> requiredAnnotations,
        @Unknown Map<String, Object> unknown) implements Part {

    public TransferSource {
        apiVersion = Given.text(apiVersion);
        kind = Given.text(kind);
        namespace = Given.text(namespace);
        name = Given.text(name);
        requiredAnnotations = Given.map(requiredAnnotations);
        unknown = Given.unknown(unknown);
    }
}
