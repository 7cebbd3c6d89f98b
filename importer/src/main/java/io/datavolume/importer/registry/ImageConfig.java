package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What an import needs of an
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md">image configuration</a>.
 *
 * @param platform operating system and architecture; empty strings where the image does not say
 * @param labels the image's labels
 * @param env the image's environment, each {@code NAME=value}
 * @param diffIds digests of the unpacked layers, lowest first
 */
public record ImageConfig(Platform platform, Map<String, String> labels, List<String> env, List<Digest> diffIds) {

    public ImageConfig {
        labels = Map.copyOf(labels);
        env = List.copyOf(env);
        diffIds = List.copyOf(diffIds);
    }

    static ImageConfig parse(byte[] content) throws ImageRefusedException {
        JsonNode root = Json.object(content, "image configuration");
        JsonNode config = root.path("config");
        List<Digest> diffIds = new ArrayList<>();
        for (String diffId : Json.texts(root.path("rootfs"), "diff_ids")) {
            try {
                diffIds.add(Digest.parse(diffId));
            } catch (IllegalArgumentException e) {
                throw ContainerCheck.MANIFEST.refuse(diffId, "a layer's digest in the configuration is not valid");
            }
        }
        Optional<String> variant = Json.text(root, "variant").filter(v -> !v.isEmpty());
        return new ImageConfig(
                new Platform(Json.text(root, "os").orElse(""), Json.text(root, "architecture").orElse(""), variant),
                Json.map(config, "Labels"), Json.texts(config, "Env"), diffIds);
    }
}
