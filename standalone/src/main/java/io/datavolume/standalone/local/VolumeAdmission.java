package io.datavolume.standalone.local;

import io.datavolume.api.wire.Finalizers;
import tools.jackson.databind.node.ObjectNode;

/** Volumes: kept where nothing is said, and protected while bound. */
final class VolumeAdmission implements Admission {

    @Override
    public void create(ObjectNode volume, Defaults defaults) {
        ObjectNode spec = Json.child(volume, "spec");
        if (!spec.has("persistentVolumeReclaimPolicy")) {
            spec.put("persistentVolumeReclaimPolicy", "Retain");
        }
        if (!spec.has("volumeMode")) {
            spec.put("volumeMode", "Filesystem");
        }
        HeldObject.add(volume, Finalizers.VOLUME_PROTECTION);
        volume.putObject("status").put("phase", "Pending");
    }
}
