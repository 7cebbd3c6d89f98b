package io.datavolume.api.v1beta1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What claims that refer to a VolumeImportSource are filled with.
 *
 * @param targetClaim the one claim to be filled; needed for several stages
 */
public record VolumeImportSourceSpec(@Nullable ImportSourceType source, @OmitEmpty String contentType,
        @Nullable Boolean preallocation, @Nullable String targetClaim, @OmitEmpty List<Checkpoint> checkpoints,
        @Nullable Boolean finalCheckpoint, @Unknown Map<String, Object> unknown) implements Part {

    public VolumeImportSourceSpec {
        contentType = Given.text(contentType);
        checkpoints = Given.list(checkpoints);
        unknown = Given.unknown(unknown);
    }
}
