package io.datavolume.api.v1beta1;

import java.util.Map;

/** Which image of a multi-platform image. */
public record Platform(@OmitEmpty String architecture, @Unknown Map<String, Object> unknown) implements Part {

    public Platform {
        architecture = Given.text(architecture);
        unknown = Given.unknown(unknown);
    }
}
