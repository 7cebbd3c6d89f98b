package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Life of certificates, by use. */
public record CertConfig(@Nullable CertificateTimes ca, @Nullable CertificateTimes server,
        @Nullable CertificateTimes client, @Unknown Map<String, Object> unknown) implements Part {

    public CertConfig {
        unknown = Given.unknown(unknown);
    }
}
