package io.datavolume.api.v1beta1;

import io.datavolume.api.wire.ImportSources;
import io.datavolume.api.wire.PullMethods;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disk in a container image.
 *
 * @param url {@code docker://…} or {@code oci-archive://…}; this or imageStream
 * @param pullMethod one of {@link io.datavolume.api.wire.PullMethods}
 * @param secretRef secret with {@code accessKeyId} and {@code secretKey}, if the worker pulls
 */
public record RegistrySource(@Nullable String url, @Nullable String imageStream, @Nullable String pullMethod,
        @Nullable String secretRef, @Nullable String certConfigMap, @Nullable Platform platform,
        @Unknown Map<String, Object> unknown) implements ImportSource {

    public RegistrySource {
        unknown = Given.unknown(unknown);
    }

    @Override
    public String type() {
        return ImportSources.REGISTRY;
    }

    /** Architecture of the image that is wanted; empty for the worker's own. */
    public String architecture() {
        return platform == null ? "" : platform.architecture();
    }

    /** Whether the node pulls, not the worker. */
    public boolean pulledByNode() {
        return PullMethods.NODE.equals(pullMethod);
    }
}
