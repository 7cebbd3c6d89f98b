package io.datavolume.storage;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.ProfileAnnotations;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.storage.ClaimRendering.Refused;
import io.datavolume.storage.ClaimRendering.Rendered;
import io.datavolume.storage.ClaimRendering.SizeMissing;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirementsBuilder;
import java.util.Optional;

/** Completes a claim's size: that of a volume which holds a disk of the wished size. */
final class ClaimSize {

    static final String STORAGE = "storage";

    private static final String FIELD = "spec.storage.resources.requests.storage";

    /**
     * What a small filesystem needs whatever its size is, its journal above all, and no percentage covers: ext4 of
     * 135 MiB leaves 118.
     */
    private static final long SMALL_FILESYSTEM = 32 * Bytes.MEBI;

    private ClaimSize() {}

    /**
     * @param spec with its modes and its storage class
     * @throws UnusableSizeException if a size cannot be read or is too large
     */
    static ClaimRendering complete(PersistentVolumeClaimSpec spec, ClaimRequest request, StorageView storage) {
        if (request.size().isEmpty()) {
            return switch (request.missing()) {
                case REFUSED -> Refused.byUser(ClaimMessages.SIZE_MISSING);
                case ZERO -> new Rendered(withSize(spec, Bytes.quantity(0)));
                case DETECTED -> new SizeMissing(spec);
            };
        }
        long wished = wished(request.size().get());
        if (wished < Bytes.MEBI) {
            return Refused.byUser(ClaimMessages.SIZE_BELOW_MINIMUM);
        }
        Quantity size = request.size().get();
        if (VolumeModes.isFilesystem(spec.getVolumeMode())) {
            wished = storage.overheads().of(Optional.ofNullable(spec.getStorageClassName()), storage.classes())
                    .required(wished) + (request.detected() ? SMALL_FILESYSTEM : 0);
            size = Bytes.quantity(wished);
        }
        Optional<String> minimum = minimum(spec, storage);
        try {
            if (minimum.isPresent() && minimumBytes(minimum.get(), spec.getStorageClassName()) > wished) {
                size = new Quantity(minimum.get());
            }
        } catch (UnusableSizeException e) {
            return Refused.byStorage(String.valueOf(e.getMessage()));
        }
        return new Rendered(withSize(spec, size));
    }

    static long wished(Quantity size) {
        return Bytes.of(FIELD, size);
    }

    private static Optional<String> minimum(PersistentVolumeClaimSpec spec, StorageView storage) {
        return Optional.ofNullable(spec.getStorageClassName()).flatMap(storage.profile())
                .flatMap(profile -> Annotations.of(profile, ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE));
    }

    private static long minimumBytes(String minimum, String storageClass) {
        return Bytes.parse("Annotation " + ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE + " of StorageProfile "
                + storageClass, minimum);
    }

    private static PersistentVolumeClaimSpec withSize(PersistentVolumeClaimSpec spec, Quantity size) {
        VolumeResourceRequirements resources = spec.getResources();
        spec.setResources((resources == null
                ? new VolumeResourceRequirementsBuilder()
                : new VolumeResourceRequirementsBuilder(resources)).addToRequests(STORAGE, size).build());
        return spec;
    }
}
