package io.datavolume.standalone.volumes;

import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.VolumeModes;
import io.datavolume.storage.Bytes;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which volume fits which claim, by the rules of Kubernetes' volume controller. */
final class VolumeMatch {

    private static final String STORAGE = "storage";

    private VolumeMatch() {}

    /**
     * The volume for a claim: one that is kept for it, else the smallest that is free.
     *
     * @param keptOnly whether free ones may not be taken yet
     */
    static Optional<PersistentVolume> best(PersistentVolumeClaim claim, Collection<PersistentVolume> volumes,
            boolean keptOnly) {
        Optional<PersistentVolume> kept = volumes.stream().filter(volume -> isFor(volume, claim))
                .filter(volume -> satisfies(volume, claim)).findFirst();
        if (kept.isPresent() || keptOnly) {
            return kept;
        }
        return volumes.stream().filter(volume -> isFree(volume, claim)).filter(volume -> satisfies(volume, claim))
                .min(Comparator.comparingLong(VolumeMatch::capacity).thenComparing(v -> v.getMetadata().getName()));
    }

    /** Whether the volume is bound to this very claim, or kept for one of its name. */
    static boolean isFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        if (reference == null || !claim.getMetadata().getName().equals(reference.getName())
                || !claim.getMetadata().getNamespace().equals(reference.getNamespace())) {
            return false;
        }
        String uid = reference.getUid();
        return uid == null || uid.isEmpty() || uid.equals(claim.getMetadata().getUid());
    }

    /** Why a volume that the claim names will not do; empty if it will. */
    static Optional<String> mismatch(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (capacity(volume) < requested(claim)) {
            return Optional.of("requested PV is too small");
        }
        if (!className(volume).equals(className(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!mode(volume.getSpec().getVolumeMode()).equals(mode(claim.getSpec().getVolumeMode()))) {
            return Optional.of("incompatible volumeMode");
        }
        if (!volume.getSpec().getAccessModes().containsAll(claim.getSpec().getAccessModes())) {
            return Optional.of("incompatible accessMode");
        }
        return Optional.empty();
    }

    static long requested(PersistentVolumeClaim claim) {
        Map<String, Quantity> requests = claim.getSpec().getResources() == null
                ? Map.of()
                : Objects.requireNonNullElse(claim.getSpec().getResources().getRequests(), Map.of());
        Quantity size = requests.get(STORAGE);
        return size == null ? 0 : Bytes.of("spec.resources.requests.storage", size);
    }

    static String className(PersistentVolumeClaim claim) {
        return Objects.requireNonNullElse(claim.getSpec().getStorageClassName(), "");
    }

    private static String className(PersistentVolume volume) {
        return Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), "");
    }

    private static boolean satisfies(PersistentVolume volume, PersistentVolumeClaim claim) {
        return volume.getMetadata().getDeletionTimestamp() == null && capacity(volume) >= requested(claim)
                && mode(volume.getSpec().getVolumeMode()).equals(mode(claim.getSpec().getVolumeMode()))
                && volume.getSpec().getAccessModes().containsAll(claim.getSpec().getAccessModes());
    }

    private static boolean isFree(PersistentVolume volume, PersistentVolumeClaim claim) {
        return volume.getSpec().getClaimRef() == null && volume.getStatus() != null
                && ClaimPhases.AVAILABLE.equals(volume.getStatus().getPhase())
                && className(volume).equals(className(claim)) && isSelected(volume, claim.getSpec().getSelector());
    }

    private static boolean isSelected(PersistentVolume volume, @Nullable LabelSelector selector) {
        if (selector == null) {
            return true;
        }
        Map<String, String> labels = Objects.requireNonNullElse(volume.getMetadata().getLabels(), Map.of());
        boolean equal = selector.getMatchLabels() == null
                || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
        return equal && selector.getMatchExpressions().stream().allMatch(one -> holds(one, labels));
    }

    private static boolean holds(LabelSelectorRequirement one, Map<String, String> labels) {
        String value = labels.get(one.getKey());
        return switch (one.getOperator()) {
            case "In" -> value != null && one.getValues().contains(value);
            case "NotIn" -> value == null || !one.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    private static long capacity(PersistentVolume volume) {
        Map<String, Quantity> capacity = volume.getSpec().getCapacity();
        Quantity size = capacity == null ? null : capacity.get(STORAGE);
        return size == null ? 0 : Bytes.of("spec.capacity.storage", size);
    }

    private static String mode(@Nullable String mode) {
        return mode == null ? VolumeModes.FILESYSTEM : mode;
    }
}
