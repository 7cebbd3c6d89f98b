package io.datavolume.api.v1beta1;

import java.util.Map;

/** The status of a kind that has none. */
public record NoStatus(@Unknown Map<String, Object> unknown) implements Part {

    public NoStatus {
        unknown = Given.unknown(unknown);
    }
}
