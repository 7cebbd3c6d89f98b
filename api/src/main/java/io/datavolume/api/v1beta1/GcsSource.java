package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ImportSources;
import java.util.Map;

/**
 * An object in a bucket of Google Cloud Storage.
 *
 * @param url {@code gs://bucket/object} or {@code http(s)://host/bucket/object}
 * @param secretRef secret with {@code credentials.json}; none is anonymous
 */
public record GcsSource(@OmitEmpty String url, @OmitEmpty String secretRef,
        @Unknown Map<String, Object> unknown) implements ImportSource {

    public GcsSource {
        url = Given.text(url);
        secretRef = Given.text(secretRef);
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.GCS;
    }
}
