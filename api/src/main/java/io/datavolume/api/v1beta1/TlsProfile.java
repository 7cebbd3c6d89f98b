package io.datavolume.api.v1beta1;

import java.util.Map;

/** A named profile, without fields. */
public record TlsProfile(@Unknown Map<String, Object> unknown) implements Part {

    public TlsProfile {
        unknown = Given.unknown(unknown);
    }
}
