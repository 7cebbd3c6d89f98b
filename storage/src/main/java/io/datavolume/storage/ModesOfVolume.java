package io.datavolume.storage;

import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.storage.ClaimRendering.Refused;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Completes a claim's modes where there is no storage class: from a free volume that was made by hand, if the claim
 * names the class of one.
 */
final class ModesOfVolume {

    private static final String AVAILABLE = "Available";

    // A filesystem is what a claim without a volume mode gets; of those the smallest that will do.
    private static final Comparator<PersistentVolume> PREFERENCE = Comparator
            .comparing((PersistentVolume volume) -> VolumeModes.BLOCK.equals(volume.getSpec().getVolumeMode()))
            .thenComparingLong(ModesOfVolume::capacity).thenComparing(volume -> volume.getMetadata().getName());

    private ModesOfVolume() {}

    static Optional<Refused> complete(PersistentVolumeClaimSpec spec, ClaimRequest request, StorageView storage) {
        String name = spec.getStorageClassName();
        if (name != null) {
            long size = request.size().map(ClaimSize::wished).orElse(0L);
            storage.volumesOf().apply(name).stream().filter(volume -> satisfies(volume, spec, size))
                    .min(PREFERENCE).ifPresent(volume -> take(spec, volume));
        }
        return spec.getAccessModes().isEmpty()
                ? Optional.of(Refused.byStorage(ClaimMessages.NO_ACCESS_MODE_AND_NO_CLASS))
                : Optional.empty();
    }

    private static boolean satisfies(PersistentVolume volume, PersistentVolumeClaimSpec spec, long size) {
        String mode = spec.getVolumeMode();
        return volume.getStatus() != null && AVAILABLE.equals(volume.getStatus().getPhase())
                && volume.getMetadata().getDeletionTimestamp() == null && capacity(volume) >= size
                && (mode == null || VolumeModes.isFilesystem(mode) == VolumeModes
                        .isFilesystem(volume.getSpec().getVolumeMode()))
                && volume.getSpec().getAccessModes().containsAll(spec.getAccessModes());
    }

    private static void take(PersistentVolumeClaimSpec spec, PersistentVolume volume) {
        spec.setVolumeMode(volume.getSpec().getVolumeMode());
        if (spec.getAccessModes().isEmpty()) {
            spec.setAccessModes(List.copyOf(volume.getSpec().getAccessModes()));
        }
    }

    /** Bytes; none if they cannot be read, so that the volume fits nothing. */
    private static long capacity(PersistentVolume volume) {
        Map<String, Quantity> capacity = volume.getSpec().getCapacity();
        Quantity storage = capacity == null ? null : capacity.get(ClaimSize.STORAGE);
        try {
            return storage == null ? -1 : Bytes.of("capacity", storage);
        } catch (UnusableSizeException e) {
            return -1;
        }
    }
}
