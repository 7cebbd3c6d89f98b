package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image of an OpenStack cloud. */
public record OpenstackVolumePopulatorSpec(@OmitEmpty String identityUrl, @OmitEmpty String secretRef,
        @OmitEmpty String imageId, @Nullable String transferNetwork,
        @Unknown Map<String, Object> unknown) implements Part {

    public OpenstackVolumePopulatorSpec {
        identityUrl = Given.text(identityUrl);
        secretRef = Given.text(secretRef);
        imageId = Given.text(imageId);
        unknown = Given.unknown(unknown);
    }
}
