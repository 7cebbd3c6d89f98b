package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ImportSources;
import java.util.Map;

/** An empty disk. */
public record BlankSource(@Unknown Map<String, Object> unknown) implements ImportSource {

    public BlankSource {
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.NONE;
    }
}
