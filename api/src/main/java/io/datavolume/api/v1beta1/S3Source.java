package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ImportSources;
import java.util.Map;

/**
 * An object in an S3 bucket.
 *
 * @param url {@code http(s)://host/bucket/object}
 * @param secretRef secret with {@code accessKeyId} and {@code secretKey}
 */
public record S3Source(@OmitEmpty String url, @OmitEmpty String secretRef, @OmitEmpty String certConfigMap,
        @Unknown Map<String, Object> unknown) implements ImportSource {

    public S3Source {
        url = Given.text(url);
        secretRef = Given.text(secretRef);
        certConfigMap = Given.text(certConfigMap);
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.S3;
    }
}
