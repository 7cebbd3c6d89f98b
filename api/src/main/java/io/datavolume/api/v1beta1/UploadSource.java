package io.datavolume.api.v1beta1;

import java.util.Map;

/** What a client sends. */
public record UploadSource(@Unknown Map<String, Object> unknown) implements Source {

    public UploadSource {
        unknown = Given.unknown(unknown);
    }
}
