package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** Protocol version and ciphers of one's own. */
public record CustomTlsProfile(@OmitEmpty List<String> ciphers,
        @JsonProperty("minTLSVersion") @OmitEmpty String minTlsVersion,
        @Unknown Map<String, Object> unknown) implements Part {

    public CustomTlsProfile {
        ciphers = Given.list(ciphers);
        minTlsVersion = Given.text(minTlsVersion);
        unknown = Given.unknown(unknown);
    }
}
