package io.datavolume.api.v1beta1;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where worker pods run. */
public record NodePlacement(@OmitEmpty Map<String, String> nodeSelector, @Nullable Affinity affinity,
        @OmitEmpty List<Toleration> tolerations, @Unknown Map<String, Object> unknown) implements Part {

    public NodePlacement {
        nodeSelector = Given.map(nodeSelector);
        tolerations = Given.list(tolerations);
        unknown = Given.unknown(unknown);
    }
}
