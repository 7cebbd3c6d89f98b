package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">manifests</a> and
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">indexes</a>, OCI and Docker
 * schema 2. A document that could be read as both is refused (CVE-2021-41190).
 */
final class ManifestParser {

    private static final int MAX_LAYERS = 1024;

    private ManifestParser() {}

    static Manifest parse(byte[] content) throws ImageRefusedException {
        JsonNode root = Json.object(content, "manifest");
        JsonNode version = root.path("schemaVersion");
        if (!version.isIntegralNumber() || version.asLong(0) != 2) {
            throw ContainerCheck.MANIFEST.refuse(version, "only manifests of schema version 2 are supported;"
                    + " push the image again with a current tool");
        }
        Optional<String> type = Json.text(root, "mediaType");
        boolean index = root.has("manifests");
        boolean image = root.has("config") || root.has("layers") || root.has("fsLayers");
        if (index == image) {
            throw ContainerCheck.MANIFEST.refuse(type.orElse("no media type"), index
                    ? "the manifest is both an image and an index"
                    : "the manifest is neither an image nor an index");
        }
        if (type.isPresent() && !(index ? MediaTypes.isIndex(type.get()) : MediaTypes.isImage(type.get()))) {
            throw ContainerCheck.MANIFEST.refuse(type.get(), "the media type is not that of "
                    + (index ? "an index" : "an image"));
        }
        return index ? new Manifest.Index(descriptors(root, "manifests")) : image(root);
    }

    private static Manifest image(JsonNode root) throws ImageRefusedException {
        JsonNode config = root.path("config");
        if (!config.isObject()) {
            throw ContainerCheck.MANIFEST.refuse(config.getNodeType(), "the manifest names no configuration");
        }
        Descriptor configuration = descriptor(config);
        if (!MediaTypes.isConfig(configuration.mediaType())) {
            throw ContainerCheck.LAYER_TYPE.refuse(configuration.mediaType(), "this is an artifact and not a container"
                    + " image; name an image that holds the disk below /disk/");
        }
        List<Descriptor> layers = descriptors(root, "layers");
        if (layers.size() > MAX_LAYERS) {
            throw ContainerCheck.MANIFEST.refuse(layers.size(), "more than " + MAX_LAYERS + " layers");
        }
        for (Descriptor layer : layers) {
            if (MediaTypes.isForeign(layer.mediaType())) {
                throw ContainerCheck.LAYER_TYPE.refuse(layer.mediaType(), "foreign layers are not in the registry;"
                        + " push the image with all its layers");
            }
            if (!MediaTypes.isLayer(layer.mediaType())) {
                throw ContainerCheck.LAYER_TYPE.refuse(layer.mediaType(), "layers must be tar files, plain or"
                        + " compressed with gzip, zstd or xz, and not encrypted");
            }
        }
        return new Manifest.Image(configuration, layers);
    }

    private static List<Descriptor> descriptors(JsonNode root, String field) throws ImageRefusedException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonNode node : Json.objects(root, field)) {
            descriptors.add(descriptor(node));
        }
        return List.copyOf(descriptors);
    }

    /** Reads one descriptor; also those of an OCI layout's index. */
    static Descriptor descriptor(JsonNode node) throws ImageRefusedException {
        JsonNode size = node.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0) {
            throw ContainerCheck.MANIFEST.refuse(size, "a descriptor has no valid size");
        }
        if (!node.path("urls").isMissingNode() && !Json.texts(node, "urls").isEmpty()) {
            throw ContainerCheck.LAYER_TYPE.refuse(Json.texts(node, "urls").getFirst(),
                    "content that is fetched from elsewhere is not followed; push the image with all its layers");
        }
        try {
            return new Descriptor(Json.text(node, "mediaType").orElse(""),
                    Digest.parse(Json.text(node, "digest").orElse("")), size.asLong(), platform(node));
        } catch (IllegalArgumentException e) {
            throw ContainerCheck.MANIFEST.refuse(Json.text(node, "digest").orElse(""), "a descriptor has no valid"
                    + " digest");
        }
    }

    private static Optional<Platform> platform(JsonNode node) throws ImageRefusedException {
        JsonNode platform = node.path("platform");
        if (!platform.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Platform(Json.text(platform, "os").orElse(""),
                Json.text(platform, "architecture").orElse(""),
                Json.text(platform, "variant").filter(v -> !v.isEmpty())));
    }
}
