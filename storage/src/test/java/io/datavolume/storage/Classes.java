package io.datavolume.storage;

import io.datavolume.api.wire.ProfileAnnotations;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.Map;

/** Storage classes for tests. */
final class Classes {

    static final Map<String, String> DEFAULT = Map.of(ProfileAnnotations.DEFAULT_CLASS, "true");
    static final Map<String, String> VIRT = Map.of(ProfileAnnotations.DEFAULT_VIRT_CLASS, "true");

    private Classes() {}

    static StorageClass storageClass(String name) {
        return storageClass(name, "2026-01-01T00:00:00Z", Map.of());
    }

    static StorageClass storageClass(String name, String created, Map<String, String> annotations) {
        return new StorageClassBuilder().withNewMetadata().withName(name).withCreationTimestamp(created)
                .withAnnotations(annotations).endMetadata().withProvisioner("example.com/" + name).build();
    }
}
