package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kinds;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Storage classes: deleted with their claim and bound at once where nothing is said; never changed. */
final class StorageClassAdmission implements Admission {

    @Override
    public void create(ObjectNode object, Defaults defaults) {
        if (Json.text(object, "provisioner").isEmpty()) {
            throw Names.invalid(Kinds.STORAGE_CLASS, Json.text(object, "metadata", "name"),
                    "provisioner: Required value");
        }
        if (!object.has("reclaimPolicy")) {
            object.put("reclaimPolicy", "Delete");
        }
        if (!object.has("volumeBindingMode")) {
            object.put("volumeBindingMode", "Immediate");
        }
    }

    @Override
    public void update(ObjectNode before, ObjectNode after) {
        for (String field : List.of("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode")) {
            if (!before.path(field).equals(after.path(field))) {
                throw Names.invalid(Kinds.STORAGE_CLASS, Json.text(before, "metadata", "name"), field
                        + ": Forbidden: updates to " + field + " are forbidden.");
            }
        }
    }
}
