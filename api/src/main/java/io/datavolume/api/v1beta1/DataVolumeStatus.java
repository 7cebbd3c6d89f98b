package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a DataVolume is.
 *
 * @param phase text of a {@link io.datavolume.api.wire.Phase}
 * @param progress {@code N/A} or {@code NN.NN%}
 */
public record DataVolumeStatus(@OmitEmpty String claimName, @OmitEmpty String phase, @OmitEmpty String progress,
        @Nullable Integer restartCount, @OmitEmpty List<Condition> conditions,
        @Unknown Map<String, Object> unknown) implements Part {

    public DataVolumeStatus {
        claimName = Given.text(claimName);
        phase = Given.text(phase);
        progress = Given.text(progress);
        conditions = Given.list(conditions);
        unknown = Given.unknown(unknown);
    }

    /** Before anything was written. */
    public static final DataVolumeStatus EMPTY = new DataVolumeStatus("", "", "", null, List.of(), Map.of());
}
