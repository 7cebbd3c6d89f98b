package io.datavolume.operator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges a patch into an object. Lists are replaced, or, strategically, their elements are merged by the field that names
 * them.
 *
 * @see <a href=
 *     "https://github.com/kubernetes/community/blob/main/contributors/devel/sig-api-machinery/strategic-merge-patch.md">
 *     Strategic merge patch</a>
 */
enum ObjectMerge {

    /** A JSON merge patch (RFC 7396). */
    JSON(Map.of()),
    /** The merge keys of what an installation consists of, as the types of Kubernetes have them. */
    STRATEGIC(Map.ofEntries(Map.entry("containers", "name"), Map.entry("initContainers", "name"),
            Map.entry("volumes", "name"), Map.entry("env", "name"), Map.entry("imagePullSecrets", "name"),
            Map.entry("webhooks", "name"), Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"), Map.entry("hostAliases", "ip"),
            Map.entry("ownerReferences", "uid"), Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("ports", "containerPort")));

    private static final String DIRECTIVE = "$patch";
    private static final String DELETE = "delete";
    private static final String REPLACE = "replace";
    /** Of a service; those of a container have their own. */
    private static final String SERVICE_PORT = "port";

    private final Map<String, String> keys;

    ObjectMerge(Map<String, String> keys) {
        this.keys = keys;
    }

    /** @return the object, changed, or the patch where either is no object */
    JsonNode merge(@Nullable JsonNode object, JsonNode patch) {
        if (!(patch instanceof ObjectNode change)) {
            return patch;
        }
        boolean replaces = isDirective(change, REPLACE);
        ObjectNode into = object instanceof ObjectNode there && !replaces ? there : change.objectNode();
        for (Map.Entry<String, JsonNode> field : change.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull() || isDirective(value, DELETE)) {
                into.remove(name);
            } else if (value instanceof ArrayNode list && into.get(name) instanceof ArrayNode there
                    && keys.containsKey(name)) {
                mergeList(there, list, key(name, list, there));
            } else if (keys.isEmpty() || !name.equals(DIRECTIVE)) {
                into.set(name, merge(into.get(name), value));
            }
        }
        return into;
    }

    private String key(String list, ArrayNode patch, ArrayNode there) {
        String key = keys.getOrDefault(list, "");
        boolean known = List.of(patch, there).stream()
                .allMatch(array -> array.valueStream().allMatch(e -> e.has(key) || e.has(DIRECTIVE)));
        return list.equals("ports") && !known ? SERVICE_PORT : key;
    }

    private void mergeList(ArrayNode into, ArrayNode patch, String key) {
        if (patch.valueStream().anyMatch(element -> isDirective(element, REPLACE) && element.size() == 1)) {
            into.removeAll();
        }
        for (JsonNode element : patch) {
            if (!element.has(key)) {
                if (!element.has(DIRECTIVE)) {
                    throw new IllegalArgumentException("an element of the patch lacks " + key + ": " + element);
                }
                continue;
            }
            int at = place(into, key, element.get(key));
            if (isDirective(element, DELETE)) {
                if (at >= 0) {
                    into.remove(at);
                }
            } else if (at >= 0) {
                into.set(at, merge(into.get(at), element));
            } else {
                into.add(merge(null, element));
            }
        }
    }

    private static int place(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (value.equals(list.get(i).get(key))) {
                return i;
            }
        }
        return -1;
    }

    private boolean isDirective(JsonNode node, String directive) {
        return !keys.isEmpty() && node.get(DIRECTIVE) instanceof JsonNode given
                && given.asString("").equals(directive);
    }
}
