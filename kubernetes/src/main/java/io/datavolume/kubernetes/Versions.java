package io.datavolume.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Resource versions as numbers, which tell what came first among the objects of one kind.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">Resource versions</a>
 */
final class Versions {

    /** Of a version that is no number. */
    static final long UNKNOWN = -1;

    private Versions() {}

    static long of(HasMetadata object) {
        return of(object.getMetadata().getResourceVersion());
    }

    static long of(@Nullable String version) {
        if (version == null || version.isEmpty() || version.length() > 18) {
            return UNKNOWN;
        }
        for (int i = 0; i < version.length(); i++) {
            if (version.charAt(i) < '0' || version.charAt(i) > '9') {
                return UNKNOWN;
            }
        }
        return Long.parseLong(version);
    }
}
