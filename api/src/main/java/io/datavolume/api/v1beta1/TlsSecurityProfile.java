package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which protocol versions and ciphers servers take. */
public record TlsSecurityProfile(@OmitEmpty String type, @Nullable TlsProfile old, @Nullable TlsProfile intermediate,
        @Nullable TlsProfile modern, @Nullable CustomTlsProfile custom,
        @Unknown Map<String, Object> unknown) implements Part {

    public TlsSecurityProfile {
        type = Given.text(type);
        unknown = Given.unknown(unknown);
    }
}
