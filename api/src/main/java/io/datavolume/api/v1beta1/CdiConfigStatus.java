package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What counts for imports in a cluster. */
public record CdiConfigStatus(@JsonProperty("uploadProxyURL") @Nullable String uploadProxyUrl,
        @JsonProperty("uploadProxyCA") @Nullable String uploadProxyCa, @Nullable ImportProxy importProxy,
        @Nullable String scratchSpaceStorageClass, @Nullable ResourceRequirements defaultPodResourceRequirements,
        @Nullable FilesystemOverhead filesystemOverhead, @Nullable Boolean preallocation,
        @OmitEmpty List<LocalObjectReference> imagePullSecrets, @Unknown Map<String, Object> unknown) implements Part {

    public CdiConfigStatus {
        imagePullSecrets = Given.list(imagePullSecrets);
        unknown = Given.unknown(unknown);
    }
}
