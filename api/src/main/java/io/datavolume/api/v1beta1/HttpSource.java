package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ImportSources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file on a web server.
 *
 * @param url {@code http://} or {@code https://}
 * @param secretRef secret with {@code accessKeyId} (user) and {@code secretKey} (password)
 * @param certConfigMap config map whose entries are certificates in PEM
 * @param checksum {@code algorithm:hex} of the bytes as downloaded
 * @param extraHeaders lines {@code Name: value}
 * @param secretExtraHeaders names of secrets whose values are such lines
 */
public record HttpSource(@OmitEmpty String url, @OmitEmpty String secretRef, @OmitEmpty String certConfigMap,
        @OmitEmpty String checksum, @OmitEmpty List<String> extraHeaders, @OmitEmpty List<String> secretExtraHeaders,
        @Nullable Boolean insecureSkipVerify, @Unknown Map<String, Object> unknown) implements ImportSource {

    public HttpSource {
        url = Given.text(url);
        secretRef = Given.text(secretRef);
        certConfigMap = Given.text(certConfigMap);
        checksum = Given.text(checksum);
        extraHeaders = Given.list(extraHeaders);
        secretExtraHeaders = Given.list(secretExtraHeaders);
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.HTTP;
    }
}
