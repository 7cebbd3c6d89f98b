package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How imports are done in a cluster.
 *
 * @param insecureRegistries {@code host[:port]} of registries without TLS
 * @param dataVolumeTtlSeconds without effect
 */
public record CdiConfigSpec(@JsonProperty("uploadProxyURLOverride") @Nullable String uploadProxyUrlOverride,
        @Nullable ImportProxy importProxy, @Nullable String scratchSpaceStorageClass,
        @Nullable ResourceRequirements podResourceRequirements, @OmitEmpty List<String> featureGates,
        @Nullable FilesystemOverhead filesystemOverhead, @Nullable Boolean preallocation,
        @OmitEmpty List<String> insecureRegistries,
        @JsonProperty("dataVolumeTTLSeconds") @Nullable Integer dataVolumeTtlSeconds,
        @Nullable TlsSecurityProfile tlsSecurityProfile, @OmitEmpty List<LocalObjectReference> imagePullSecrets,
        @Nullable Integer logVerbosity, @Nullable String webhookPvcRendering,
        @Unknown Map<String, Object> unknown) implements Part {

    public CdiConfigSpec {
        featureGates = Given.list(featureGates);
        insecureRegistries = Given.list(insecureRegistries);
        imagePullSecrets = Given.list(imagePullSecrets);
        unknown = Given.unknown(unknown);
    }
}
