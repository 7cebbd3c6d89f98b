package io.datavolume.standalone.volumes;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;

/** Claims, volumes and classes for tests. */
final class Claims {

    static final String NAMESPACE = "ns";

    private Claims() {}

    static PersistentVolumeClaim claim(String name, String className, String size) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withNamespace(NAMESPACE).withName(name)
                .endMetadata().withNewSpec().withAccessModes("ReadWriteOnce").withStorageClassName(className)
                .withNewResources().addToRequests("storage", new Quantity(size)).endResources().endSpec().build();
    }

    static PersistentVolumeClaim withUid(PersistentVolumeClaim claim, String uid) {
        return new PersistentVolumeClaimBuilder(claim).editMetadata().withUid(uid).endMetadata().build();
    }

    static PersistentVolume volume(String name, String className, String size) {
        return new PersistentVolumeBuilder().withNewMetadata().withName(name).endMetadata().withNewSpec()
                .withAccessModes("ReadWriteOnce").withStorageClassName(className)
                .addToCapacity("storage", new Quantity(size))
                .withPersistentVolumeReclaimPolicy("Retain").withNewHostPath("/srv/" + name, "Directory").endSpec()
                .withNewStatus().withPhase("Available").endStatus().build();
    }

    static PersistentVolume keptFor(PersistentVolume volume, String claim, String uid) {
        return new PersistentVolumeBuilder(volume).editSpec().withNewClaimRef().withNamespace(NAMESPACE).withName(claim)
                .withUid(uid).endClaimRef().endSpec().build();
    }

    static StorageClass storageClass(String name, String mode, String reclaim) {
        return new StorageClassBuilder().withNewMetadata().withName(name).endMetadata()
                .withProvisioner("local.datavolume.io").withVolumeBindingMode(mode).withReclaimPolicy(reclaim).build();
    }
}
