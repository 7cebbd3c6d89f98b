package io.datavolume.importer.registry;

import java.util.Set;

/**
 * The media types of
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md">OCI</a> and
 * <a href="https://distribution.github.io/distribution/spec/manifest-v2-2/">Docker schema 2</a> images.
 */
final class MediaTypes {

    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    static final String DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";

    /** What is asked for: images and lists of images, in the order of preference. */
    static final String ACCEPT = String.join(", ", OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST);

    private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final Set<String> LAYERS = Set.of(OCI_LAYER, OCI_LAYER + "+gzip", OCI_LAYER + "+zstd",
            DOCKER_LAYER_TAR, DOCKER_LAYER_TAR + ".gzip", DOCKER_LAYER_TAR + ".zstd");

    private MediaTypes() {}

    static boolean isIndex(String type) {
        return type.equals(OCI_INDEX) || type.equals(DOCKER_LIST);
    }

    static boolean isImage(String type) {
        return type.equals(OCI_MANIFEST) || type.equals(DOCKER_MANIFEST);
    }

    static boolean isConfig(String type) {
        return type.equals(OCI_CONFIG) || type.equals(DOCKER_CONFIG);
    }

    /** A tar of files, compressed in a way that is told from its content; not a foreign or encrypted layer. */
    static boolean isLayer(String type) {
        return LAYERS.contains(type);
    }

    /** Layers whose bytes are, by their licence, not in the registry. */
    static boolean isForeign(String type) {
        return type.contains("nondistributable") || type.contains(".foreign.");
    }
}
