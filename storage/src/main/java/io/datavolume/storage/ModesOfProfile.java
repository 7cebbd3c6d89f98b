package io.datavolume.storage;

import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.storage.ClaimRendering.Refused;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Completes a claim's modes from the profile of its storage class. */
final class ModesOfProfile {

    private ModesOfProfile() {}

    static Optional<Refused> complete(PersistentVolumeClaimSpec spec, String storageClass, StorageView storage) {
        spec.setStorageClassName(storageClass);
        List<ClaimPropertySet> sets = storage.profile().apply(storageClass).map(StorageProfile::getStatus)
                .map(status -> status.claimPropertySets()).orElse(List.of());
        String volumeMode = spec.getVolumeMode();
        if (!spec.getAccessModes().isEmpty()) {
            if (volumeMode == null) {
                sets.stream().filter(set -> !Collections.disjoint(set.accessModes(), spec.getAccessModes()))
                        .findFirst().ifPresent(set -> spec.setVolumeMode(set.volumeMode()));
            }
            return Optional.empty();
        }
        if (volumeMode == null) {
            if (sets.isEmpty() || sets.getFirst().accessModes().isEmpty()) {
                return Optional.of(Refused.byProfile(ClaimMessages.noModesInProfile(storageClass),
                        ClaimMessages.noAccessModeInProfile(storageClass)));
            }
            spec.setAccessModes(sets.getFirst().accessModes());
            spec.setVolumeMode(sets.getFirst().volumeMode());
            return Optional.empty();
        }
        Optional<ClaimPropertySet> matching = sets.stream()
                .filter(set -> volumeMode.equals(set.volumeMode()) && !set.accessModes().isEmpty()).findFirst();
        matching.ifPresent(set -> spec.setAccessModes(set.accessModes()));
        return matching.isPresent()
                ? Optional.empty()
                : Optional.of(Refused.byProfile(ClaimMessages.noMatchInProfile(storageClass),
                        ClaimMessages.noMatchingAccessMode(storageClass)));
    }
}
