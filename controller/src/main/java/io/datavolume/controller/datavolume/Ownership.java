package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.v1beta1.DataVolume;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a DataVolume takes a claim over, and its annotations before they are written. */
final class Ownership {

    private Ownership() {}

    /** Makes the DataVolume the controller of a claim that has none. */
    static Patch adopt(DataVolume dataVolume, PersistentVolumeClaim claim) {
        List<OwnerReference> owners = new ArrayList<>(claim.getMetadata().getOwnerReferences());
        owners.add(Owners.controller(dataVolume));
        List<Map<String, Object>> written = owners.stream().map(Ownership::written).toList();
        return Patch.unchanged(claim).field(written, "metadata", "ownerReferences").build();
    }

    /** The DataVolume as it will be with one more annotation. */
    static DataVolume annotated(DataVolume dataVolume, String key, String value) {
        DataVolume copy = new DataVolume();
        copy.setMetadata(new ObjectMetaBuilder(dataVolume.getMetadata()).addToAnnotations(key, value).build());
        copy.setSpec(dataVolume.getSpec());
        copy.setStatus(dataVolume.getStatus());
        return copy;
    }

    private static Map<String, Object> written(OwnerReference owner) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("apiVersion", owner.getApiVersion());
        fields.put("kind", owner.getKind());
        fields.put("name", owner.getName());
        fields.put("uid", owner.getUid());
        if (owner.getController() != null) {
            fields.put("controller", owner.getController());
        }
        if (owner.getBlockOwnerDeletion() != null) {
            fields.put("blockOwnerDeletion", owner.getBlockOwnerDeletion());
        }
        return fields;
    }
}
