package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proxy of importers.
 *
 * @param trustedCaProxy config map whose {@code ca.crt} are the proxy's certificates
 */
public record ImportProxy(@JsonProperty("HTTPProxy") @Nullable String httpProxy,
        @JsonProperty("HTTPSProxy") @Nullable String httpsProxy, @Nullable String noProxy,
        @JsonProperty("trustedCAProxy") @Nullable String trustedCaProxy,
        @Unknown Map<String, Object> unknown) implements Part {

    public ImportProxy {
        unknown = Given.unknown(unknown);
    }
}
