package io.datavolume.api.v1beta1;

import java.util.Map;

/** Command line flags of components. */
public record CustomizeFlags(@OmitEmpty Map<String, String> api, @OmitEmpty Map<String, String> controller,
        @OmitEmpty Map<String, String> uploadProxy, @Unknown Map<String, Object> unknown) implements Part {

    public CustomizeFlags {
        api = Given.map(api);
        controller = Given.map(controller);
        uploadProxy = Given.map(uploadProxy);
        unknown = Given.unknown(unknown);
    }
}
