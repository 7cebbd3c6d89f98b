package io.datavolume.standalone.local;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a patch makes of an object, with the rules of the API server. */
final class ChangedObject {

    /** Set once, by the cluster. */
    private static final List<String> FIXED = List.of("name", "namespace", "uid", "creationTimestamp",
            "deletionTimestamp", "deletionGracePeriodSeconds");
    /** Set by the cluster with every write. */
    private static final List<String> KEPT = List.of("resourceVersion", "generation", "selfLink", "managedFields");

    private ChangedObject() {}

    /**
     * @param statusOnly whether only status is to change
     * @return equal to the object where the patch changes nothing
     * @throws ClusterException.Conflict when a precondition does not hold
     * @throws ClusterException.Invalid when the result breaks a rule
     */
    static ObjectNode of(Kind<?> kind, ObjectNode before, JsonNode patch, boolean statusOnly) {
        requirePreconditions(kind, before, patch.path("metadata"));
        ObjectNode body = patch instanceof ObjectNode object ? object.deepCopy() : Json.tree(patch);
        if (statusOnly) {
            body.retain("status");
        } else if (kind.statusSubresource()) {
            body.remove("status");
        }
        ObjectNode after = (ObjectNode) MergePatch.apply(before, body);
        after.put("apiVersion", kind.apiVersion());
        after.put("kind", kind.name());
        ObjectNode metadata = Json.child(after, "metadata");
        requireFixed(kind, before.path("metadata"), metadata);
        Metadata.tidy(metadata);
        Metadata.validate(kind, after);
        requireNoNewFinalizer(kind, before.path("metadata"), metadata);
        if (NewObject.hasGeneration(kind) && !statusOnly && isWantedChanged(kind, before, after)) {
            metadata.put("generation", before.path("metadata").path("generation").asLong(0) + 1);
        }
        return after;
    }

    private static void requirePreconditions(Kind<?> kind, ObjectNode before, JsonNode wanted) {
        String uid = Json.text(wanted, "uid");
        String name = Json.text(before, "metadata", "name");
        String is = Json.text(before, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(is)) {
            throw new ClusterException.Conflict(
                    "Operation cannot be fulfilled on " + Names.resource(kind) + " \"" + name
                            + "\": Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + is);
        }
        String version = Json.text(wanted, "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(before, "metadata", "resourceVersion"))) {
            throw new ClusterException.Conflict("Operation cannot be fulfilled on " + Names.resource(kind) + " \""
                    + name
                    + "\": the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    private static void requireFixed(Kind<?> kind, JsonNode before, ObjectNode after) {
        for (String field : FIXED) {
            JsonNode was = before.path(field);
            JsonNode is = after.path(field);
            if (!is.isMissingNode() && !is.equals(was)) {
                throw Names.invalid(kind, Json.text(before, "name"),
                        "metadata." + field + ": Invalid value: " + is + ": field is immutable");
            }
            keep(field, was, after);
        }
        KEPT.forEach(field -> keep(field, before.path(field), after));
    }

    private static void keep(String field, JsonNode was, ObjectNode after) {
        if (was.isMissingNode()) {
            after.remove(field);
        } else {
            after.set(field, was);
        }
    }

    private static void requireNoNewFinalizer(Kind<?> kind, JsonNode before, JsonNode after) {
        if (!before.hasNonNull("deletionTimestamp")) {
            return;
        }
        Set<JsonNode> added = new HashSet<>(after.path("finalizers").valueStream().toList());
        before.path("finalizers").forEach(added::remove);
        if (!added.isEmpty()) {
            throw Names.invalid(kind, Json.text(before, "name"),
                    "metadata.finalizers: Forbidden: no new finalizers can be "
                            + "added if the object is being deleted, found new finalizers " + added);
        }
    }

    private static boolean isWantedChanged(Kind<?> kind, ObjectNode before, ObjectNode after) {
        return !wanted(kind, before).equals(wanted(kind, after));
    }

    private static ObjectNode wanted(Kind<?> kind, ObjectNode object) {
        ObjectNode rest = object.objectNode();
        rest.setAll(object);
        rest.remove("metadata");
        if (kind.statusSubresource()) {
            rest.remove("status");
        }
        return rest;
    }
}
