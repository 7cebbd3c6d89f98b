package io.datavolume.operator;

import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a patch changes an object; both are JSON. */
enum PatchType {

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a> */
    JSON {
        @Override
        JsonNode apply(ObjectNode object, JsonNode patch) {
            return JsonPatch.apply(patch, object);
        }
    },
    /** @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a> */
    MERGE {
        @Override
        JsonNode apply(ObjectNode object, JsonNode patch) {
            return ObjectMerge.JSON.merge(object, patch);
        }
    },
    STRATEGIC {
        @Override
        JsonNode apply(ObjectNode object, JsonNode patch) {
            return ObjectMerge.STRATEGIC.merge(object, patch);
        }
    };

    private static final ObjectMapper MAPPER = JsonMapper.shared();

    abstract JsonNode apply(ObjectNode object, JsonNode patch);

    String apply(String object, String patch) {
        return MAPPER.writeValueAsString(apply((ObjectNode) MAPPER.readTree(object), MAPPER.readTree(patch)));
    }

    /** @throws IllegalArgumentException with the wire's words for what is none */
    static PatchType of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("PatchType is not supported"));
    }
}
