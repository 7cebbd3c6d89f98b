package io.datavolume.standalone.local;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch, to the letter of <a href="https://www.rfc-editor.org/rfc/rfc7396#section-2">RFC 7396</a>. */
final class MergePatch {

    private MergePatch() {}

    /** What the patch makes of the target; both stay as they are. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode object
                ? object.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        changes.forEachEntry((name, change) -> {
            if (change.isNull()) {
                result.remove(name);
            } else {
                JsonNode before = result.get(name);
                result.set(name, apply(before == null ? JsonNodeFactory.instance.missingNode() : before, change));
            }
        });
        return result;
    }
}
