package io.datavolume.storage;

import io.datavolume.api.v1beta1.StorageSpec;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.storage.ClaimRendering.Refused;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;

/**
 * Makes a claim of wishes. What they leave out comes from the storage class and its profile; the size becomes that of a
 * volume which holds a disk of the size that was wished. Only claims that are not there yet are rendered: of one that is,
 * its own spec counts.
 */
public final class ClaimRenderer {

    private ClaimRenderer() {}

    /** The claim of a request. */
    public static ClaimRendering render(ClaimRequest request, StorageView storage) {
        PersistentVolumeClaimSpec spec = copy(request.wishes());
        if (request.archive()) {
            if (VolumeModes.BLOCK.equals(spec.getVolumeMode())) {
                return Refused.byUser(ClaimMessages.ARCHIVE_CANNOT_BE_BLOCK);
            }
            spec.setVolumeMode(VolumeModes.FILESYSTEM);
        }
        try {
            Optional<StorageClass> storageClass = storageClass(request, storage.classes());
            Optional<Refused> refused = storageClass.isPresent()
                    ? ModesOfProfile.complete(spec, storageClass.get().getMetadata().getName(), storage)
                    : ModesOfVolume.complete(spec, request, storage);
            return refused.isPresent() ? refused.get() : ClaimSize.complete(spec, request, storage);
        } catch (UnusableSizeException e) {
            return Refused.byUser(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The claim as it is made where the admission webhook renders it: as wished, with a mark in place of a volume mode
     * that is left out.
     */
    public static PersistentVolumeClaimSpec leaveToWebhook(StorageSpec wishes) {
        PersistentVolumeClaimSpec spec = copy(wishes);
        if (spec.getVolumeMode() == null) {
            spec.setVolumeMode(VolumeModes.FROM_STORAGE_PROFILE);
        }
        return spec;
    }

    private static Optional<StorageClass> storageClass(ClaimRequest request, StorageClasses classes) {
        String name = request.wishes().storageClassName();
        if (name != null) {
            return classes.named(name);
        }
        // An archive is no disk of a virtual machine.
        return request.archive() ? classes.kubernetesDefault() : classes.virtualMachineDefault();
    }

    private static PersistentVolumeClaimSpec copy(StorageSpec wishes) {
        String volumeMode = wishes.volumeMode();
        return new PersistentVolumeClaimSpecBuilder().withAccessModes(List.copyOf(wishes.accessModes()))
                .withStorageClassName(wishes.storageClassName())
                .withVolumeMode(volumeMode == null || volumeMode.isEmpty() ? null : volumeMode)
                .withResources(wishes.resources()).withSelector(wishes.selector()).withVolumeName(wishes.volumeName())
                .withDataSource(wishes.dataSource()).withDataSourceRef(wishes.dataSourceRef()).build();
    }
}
