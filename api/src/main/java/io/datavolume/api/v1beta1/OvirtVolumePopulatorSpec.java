package io.datavolume.api.v1beta1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk of an oVirt engine. */
public record OvirtVolumePopulatorSpec(@OmitEmpty String engineUrl, @OmitEmpty String secretRef,
        @OmitEmpty String diskId, @Nullable String transferNetwork,
        @Unknown Map<String, Object> unknown) implements Part {

    public OvirtVolumePopulatorSpec {
        engineUrl = Given.text(engineUrl);
        secretRef = Given.text(secretRef);
        diskId = Given.text(diskId);
        unknown = Given.unknown(unknown);
    }
}
