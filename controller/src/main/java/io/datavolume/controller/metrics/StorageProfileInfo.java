package io.datavolume.controller.metrics;

import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.datavolume.api.wire.AccessModes;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.CloneStrategies;
import io.datavolume.api.wire.ProfileAnnotations;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The labels of one storage class in {@code kubevirt_cdi_storageprofile_info}, which the alerts read. */
final class StorageProfileInfo {

    private StorageProfileInfo() {}

    /**
     * @param hasCsiDriver whether there is a CSIDriver of that name
     * @param hasSnapshots whether there is a snapshot class of that driver
     */
    static Map<String, String> labels(StorageClass storageClass, Optional<StorageProfile> profile,
            Predicate<String> hasCsiDriver, Predicate<String> hasSnapshots) {
        String provisioner = Objects.requireNonNullElse(storageClass.getProvisioner(), "");
        Optional<StorageProfileStatus> status = profile.map(StorageProfile::getStatus);
        boolean shared = status.stream().flatMap(s -> s.claimPropertySets().stream())
                .anyMatch(set -> set.accessModes().contains(AccessModes.READ_WRITE_MANY));
        boolean clones = switch (status.map(StorageProfileStatus::cloneStrategy).orElse("")) {
            case CloneStrategies.CSI_CLONE -> hasCsiDriver.test(provisioner);
            case CloneStrategies.SNAPSHOT -> hasSnapshots.test(provisioner);
            default -> false;
        };
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("complete", String.valueOf(status.filter(s -> !s.claimPropertySets().isEmpty()).isPresent()));
        labels.put("default", marked(storageClass, ProfileAnnotations.DEFAULT_CLASS));
        labels.put("degraded", String.valueOf(!shared || !clones));
        labels.put("provisioner", provisioner);
        labels.put("rwx", String.valueOf(shared));
        labels.put("smartclone", String.valueOf(clones));
        labels.put("storageclass", storageClass.getMetadata().getName());
        labels.put("virtdefault", marked(storageClass, ProfileAnnotations.DEFAULT_VIRT_CLASS));
        return labels;
    }

    private static String marked(StorageClass storageClass, String annotation) {
        return String.valueOf(Annotations.isTrue(storageClass, annotation));
    }
}
