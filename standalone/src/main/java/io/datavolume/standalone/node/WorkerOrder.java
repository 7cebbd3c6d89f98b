package io.datavolume.standalone.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A worker's order with the paths of this machine in place of those in its container. Only fields that are paths are
 * touched; all others stay as they are, whatever they hold.
 */
final class WorkerOrder {

    /** Names of the fields of an order that are paths, or lists of paths. */
    static final Set<String> PATHS = Set.of("location", "userFile", "passwordFile", "headerFiles", "certificates",
            "dockerConfig", "path", "folder", "scratchFolder");

    /** What may stand before a path. */
    private static final List<String> SCHEMES = List.of("file:", "oci-archive:", "docker-archive:");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WorkerOrder() {}

    /**
     * The order as the process is to read it. A file that stands for a block device keeps its size whatever is written
     * to it, and no metrics are served: many workers share this machine's ports, and nobody scrapes them.
     *
     * @throws NotReadyException when the order is no JSON object
     */
    static String localize(String order, Mounts mounts) throws NotReadyException, IOException {
        if (!(parse(order) instanceof ObjectNode tree)) {
            throw NotReadyException.config("the order of the worker is no JSON object");
        }
        Optional<Path> device = mounts.device(tree.path("target").path("path").asString(""));
        localize(tree, mounts);
        if (device.isPresent() && Files.isRegularFile(device.get())
                && tree.get("target") instanceof ObjectNode target) {
            target.put("size", Files.size(device.get()));
            target.put("force", true);
            target.remove(List.of("owned", "overhead"));
        }
        tree.remove("metrics");
        return JSON.writeValueAsString(tree);
    }

    private static JsonNode parse(String order) throws NotReadyException {
        try {
            return JSON.readTree(order);
        } catch (JacksonException e) {
            throw NotReadyException.config("the order of the worker is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void localize(ObjectNode tree, Mounts mounts) {
        for (var field : tree.properties()) {
            JsonNode value = field.getValue();
            if (value instanceof ObjectNode object) {
                localize(object, mounts);
            } else if (PATHS.contains(field.getKey()) && value instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, real(list.get(i), mounts));
                }
            } else if (PATHS.contains(field.getKey())) {
                field.setValue(real(value, mounts));
            }
        }
    }

    private static JsonNode real(JsonNode value, Mounts mounts) {
        if (!value.isString()) {
            return value;
        }
        String text = value.asString();
        String scheme = SCHEMES.stream().filter(text::startsWith).findFirst().orElse("");
        return mounts.real(text.substring(scheme.length())).<JsonNode>map(path -> StringNode.valueOf(scheme + path))
                .orElse(value);
    }
}
