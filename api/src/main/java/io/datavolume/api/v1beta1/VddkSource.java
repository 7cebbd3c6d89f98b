package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.datavolume.api.wire.ImportSources;
import java.util.Map;

/** A disk of a virtual machine in VMware. */
public record VddkSource(@OmitEmpty String url, @OmitEmpty String uuid, @OmitEmpty String backingFile,
        @OmitEmpty String thumbprint, @OmitEmpty String secretRef, @OmitEmpty String certConfigMap,
        @JsonProperty("initImageURL") @OmitEmpty String initImageUrl, @OmitEmpty String extraArgs,
        @Unknown Map<String, Object> unknown) implements ImportSource {

    public VddkSource {
        url = Given.text(url);
        uuid = Given.text(uuid);
        backingFile = Given.text(backingFile);
        thumbprint = Given.text(thumbprint);
        secretRef = Given.text(secretRef);
        certConfigMap = Given.text(certConfigMap);
        initImageUrl = Given.text(initImageUrl);
        extraArgs = Given.text(extraArgs);
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.VDDK;
    }
}
