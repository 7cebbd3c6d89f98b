package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cluster itself reads of an object's metadata.
 *
 * @param revision the resourceVersion
 * @param deleting whether it has a deletionTimestamp
 * @param finalizers whether it has any
 */
record Metadata(String uid, long revision, Map<String, String> labels, List<Owner> owners, boolean deleting,
        boolean finalizers) {

    /** An owner reference. */
    record Owner(String uid, boolean controller) {}

    static Metadata of(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        Map<String, String> labels = new HashMap<>();
        metadata.path("labels").forEachEntry((name, value) -> labels.put(name, value.asString("")));
        List<Owner> owners = new ArrayList<>();
        for (JsonNode owner : metadata.path("ownerReferences")) {
            owners.add(new Owner(owner.path("uid").asString(""), owner.path("controller").asBoolean(false)));
        }
        return new Metadata(metadata.path("uid").asString(""), revision(object), Map.copyOf(labels),
                List.copyOf(owners), metadata.hasNonNull("deletionTimestamp"), !metadata.path("finalizers").isEmpty());
    }

    /** The resourceVersion; 0 where there is none. */
    static long revision(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asLong(0);
    }

    /** Leaves out what is empty, as the API server does. */
    static void tidy(ObjectNode metadata) {
        for (String field : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            if (metadata.path(field).isContainer() && metadata.path(field).isEmpty()) {
                metadata.remove(field);
            }
        }
    }

    /** Refuses what the API server refuses in any object's metadata. */
    static void validate(Kind<?> kind, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asString("");
        int controllers = 0;
        int index = 0;
        for (JsonNode owner : metadata.path("ownerReferences")) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (owner.path(field).asString("").isEmpty()) {
                    throw Names.invalid(kind, name, "metadata.ownerReferences[" + index + "]." + field
                            + ": Invalid value: \"\": must not be empty");
                }
            }
            controllers += owner.path("controller").asBoolean(false) ? 1 : 0;
            index++;
        }
        if (controllers > 1) {
            throw Names.invalid(kind, name,
                    "metadata.ownerReferences: Only one reference can have Controller set to true");
        }
        Labels.validate(kind, name, metadata);
    }
}
