package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.Finalizers;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Claims: the default class, filesystem where no mode is named, both ways to name a data source, protection while in
 * use; a spec that only grows.
 */
final class ClaimAdmission implements Admission {

    @Override
    public void create(ObjectNode claim, Defaults defaults) {
        ObjectNode spec = Json.child(claim, "spec");
        String name = Json.text(claim, "metadata", "name");
        if (spec.path("accessModes").isEmpty()) {
            throw Names.invalid(Kinds.CLAIM, name,
                    "spec.accessModes: Required value: at least 1 access mode is required");
        }
        if (spec.path("resources").path("requests").path("storage").isMissingNode()) {
            throw Names.invalid(Kinds.CLAIM, name, "spec.resources[storage]: Required value");
        }
        if (spec.path("storageClassName").isMissingNode()) {
            defaults.storageClass().ifPresent(found -> spec.put("storageClassName", found));
        }
        if (spec.path("volumeMode").isMissingNode()) {
            spec.put("volumeMode", "Filesystem");
        }
        completeDataSource(spec);
        HeldObject.add(claim, Finalizers.CLAIM_PROTECTION);
        claim.putObject("status").put("phase", "Pending");
    }

    private static void completeDataSource(ObjectNode spec) {
        JsonNode old = spec.path("dataSource");
        JsonNode reference = spec.path("dataSourceRef");
        if (reference.isMissingNode() && old.isObject()) {
            spec.set("dataSourceRef", old.deepCopy());
        } else if (old.isMissingNode() && reference.isObject() && Json.text(reference, "namespace").isEmpty()) {
            spec.set("dataSource", reference.deepCopy());
        }
    }

    @Override
    public void update(ObjectNode before, ObjectNode after) {
        JsonNode was = before.path("spec");
        ObjectNode is = Json.child(after, "spec").deepCopy();
        is.set("resources", was.path("resources"));
        for (String once : List.of("volumeName", "storageClassName")) {
            if (Json.text(was, once).isEmpty()) {
                is.remove(once);
            }
        }
        if (!is.equals(was)) {
            throw Names.invalid(Kinds.CLAIM, Json.text(before, "metadata", "name"),
                    "spec: Forbidden: spec is immutable "
                            + "after creation except resources.requests and volumeAttributesClassName for bound claims");
        }
    }
}
