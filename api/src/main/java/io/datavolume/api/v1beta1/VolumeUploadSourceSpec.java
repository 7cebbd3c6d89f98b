package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How claims that refer to a VolumeUploadSource are filled. */
public record VolumeUploadSourceSpec(@OmitEmpty String contentType, @Nullable Boolean preallocation,
        @Unknown Map<String, Object> unknown) implements Part {

    public VolumeUploadSourceSpec {
        contentType = Given.text(contentType);
        unknown = Given.unknown(unknown);
    }
}
