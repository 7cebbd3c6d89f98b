package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;

/** How far a transfer is. */
public record ObjectTransferStatus(@OmitEmpty String phase, @OmitEmpty Map<String, String> data,
        @OmitEmpty List<Condition> conditions, @Unknown Map<String, Object> unknown) implements Part {

    public ObjectTransferStatus {
        phase = Given.text(phase);
        data = Given.map(data);
        conditions = Given.list(conditions);
        unknown = Given.unknown(unknown);
    }
}
