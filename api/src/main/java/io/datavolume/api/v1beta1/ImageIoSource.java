package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ImportSources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk of an oVirt engine. */
public record ImageIoSource(@OmitEmpty String url, @OmitEmpty String diskId, @OmitEmpty String secretRef,
        @OmitEmpty String certConfigMap, @Nullable Boolean insecureSkipVerify,
        @Unknown Map<String, Object> unknown) implements ImportSource {

    public ImageIoSource {
        url = Given.text(url);
        diskId = Given.text(diskId);
        secretRef = Given.text(secretRef);
        certConfigMap = Given.text(certConfigMap);
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.IMAGEIO;
    }
}
