package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;

/** What is installed. */
public record CdiStatus(@OmitEmpty String phase, @OmitEmpty String targetVersion, @OmitEmpty String operatorVersion,
        @OmitEmpty String observedVersion, @OmitEmpty List<Condition> conditions,
        @Unknown Map<String, Object> unknown) implements Part {

    public CdiStatus {
        phase = Given.text(phase);
        targetVersion = Given.text(targetVersion);
        operatorVersion = Given.text(operatorVersion);
        observedVersion = Given.text(observedVersion);
        conditions = Given.list(conditions);
        unknown = Given.unknown(unknown);
    }
}
