package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** An import that is under way. */
public record ImportStatus(@JsonProperty("DataVolumeName") @OmitEmpty String dataVolumeName,
        @JsonProperty("Digest") @OmitEmpty String digest, @Unknown Map<String, Object> unknown) implements Part {

    public ImportStatus {
        dataVolumeName = Given.text(dataVolumeName);
        digest = Given.text(digest);
        unknown = Given.unknown(unknown);
    }
}
