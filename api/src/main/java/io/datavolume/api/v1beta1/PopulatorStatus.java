package io.datavolume.api.v1beta1;

import java.util.Map;

/** How far a population is, in percent. */
public record PopulatorStatus(@OmitEmpty String progress, @Unknown Map<String, Object> unknown) implements Part {

    public PopulatorStatus {
        progress = Given.text(progress);
        unknown = Given.unknown(unknown);
    }
}
