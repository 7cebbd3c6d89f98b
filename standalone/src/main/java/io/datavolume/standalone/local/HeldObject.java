package io.datavolume.standalone.local;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What must be done before an object goes. */
final class HeldObject {

    private HeldObject() {}

    static void add(ObjectNode object, String name) {
        ObjectNode metadata = Json.child(object, "metadata");
        ArrayNode all = metadata.get("finalizers") instanceof ArrayNode there ? there : metadata.putArray("finalizers");
        for (JsonNode one : all) {
            if (one.asString("").equals(name)) {
                return;
            }
        }
        all.add(name);
    }
}
