package io.datavolume.controller.populator;

import io.datavolume.api.cluster.Patch;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimMessages;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.datavolume.controller.events.ClaimEvents;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Decides what to do for a claim that a VolumeImportSource is to fill. */
final class PopulatorPlanner {

    private static final String IN_TREE = "kubernetes.io/";

    /** What the target shows of its prime claim, and no longer shows when the prime claim has it no more. */
    private static final List<String> SHOWN = List.of(PodAnnotations.PHASE, PodAnnotations.READY,
            PodAnnotations.RESTARTS, Annotations.PREALLOCATION_REQUESTED, Annotations.PREALLOCATION,
            ImportAnnotations.CURRENT_CHECKPOINT, ImportAnnotations.CHECKPOINTS_DONE, PodAnnotations.RUNNING,
            PodAnnotations.RUNNING_MESSAGE, PodAnnotations.RUNNING_REASON, PodAnnotations.SCHEDULABLE,
            ImportAnnotations.FATAL_ERROR, RetryAnnotations.ATTEMPTS, RetryAnnotations.NEXT);

    private PopulatorPlanner() {}

    /**
     * What is known of one target claim.
     *
     * @param prime its prime claim
     * @param volume the volume of the prime claim, once it is bound
     * @param source the source that it refers to
     * @param storageClass its storage class
     * @param hasPod whether the worker of the prime claim was seen
     * @param why what the newest event of the prime claim says
     */
    record Seen(PersistentVolumeClaim target, Optional<PersistentVolumeClaim> prime, Optional<PersistentVolume> volume,
            Optional<VolumeImportSource> source, Optional<StorageClass> storageClass, boolean hasPod,
            Optional<String> why) {}

    static PopulatorStep plan(Seen seen, Map<String, String> labels, boolean preallocation) {
        PersistentVolumeClaim target = seen.target();
        if (target.getMetadata().getDeletionTimestamp() != null) {
            return new PopulatorStep.Nothing();
        }
        return seen.prime().isPresent()
                ? withPrime(seen, seen.prime().get())
                : withoutPrime(seen, labels, preallocation);
    }

    private static PopulatorStep withoutPrime(Seen seen, Map<String, String> labels, boolean preallocation) {
        PersistentVolumeClaim target = seen.target();
        Patch.Builder bound = Patch.of(target);
        ClaimEvents.bound(target, Optional.empty()).forEach(bound::annotation);
        if (!bound.isEmpty()) {
            return new PopulatorStep.ShowProgress(Optional.of(bound.build()), false);
        }
        if (seen.source().isEmpty() || ClaimPhases.isBound(target) || ClaimPhases.LOST.equals(ClaimPhases.of(target))) {
            return new PopulatorStep.Nothing();
        }
        String only = seen.source().get().getSpec().targetClaim();
        if (only != null && !only.isEmpty() && !only.equals(target.getMetadata().getName())) {
            return new PopulatorStep.Nothing();
        }
        String name = target.getSpec().getStorageClassName();
        if (name == null) {
            return new PopulatorStep.Nothing();
        }
        String claim = target.getMetadata().getNamespace() + "/" + target.getMetadata().getName();
        if (name.isEmpty()) {
            return new PopulatorStep.Refuse(ClaimMessages.emptyStorageClass(claim));
        }
        if (seen.storageClass().isEmpty()) {
            return new PopulatorStep.Refuse(ClaimMessages.storageClassNotFound(name));
        }
        StorageClass storageClass = seen.storageClass().get();
        if (storageClass.getProvisioner().startsWith(IN_TREE) && !Annotations.has(target, Annotations.MIGRATED_TO)) {
            return new PopulatorStep.Refuse(
                    ClaimMessages.inTreeStorageClass(claim, storageClass.getProvisioner()));
        }
        BindingMode mode = BindingMode.of(storageClass);
        if (mode.holdsBack(target)) {
            return new PopulatorStep.Nothing();
        }
        return new PopulatorStep.CreatePrime(
                PrimeClaim.of(target, seen.source().get(), mode, labels, preallocation));
    }

    private static PopulatorStep withPrime(Seen seen, PersistentVolumeClaim prime) {
        PersistentVolumeClaim target = seen.target();
        boolean filled = Annotations.is(prime, PodAnnotations.PHASE, PodPhases.SUCCEEDED);
        if (filled && ClaimPhases.isBound(target)) {
            String volume = prime.getSpec().getVolumeName();
            if (!Objects.equals(volume, target.getSpec().getVolumeName())) {
                // Somebody bound it by hand, or statically: it must not pass for one that is filled.
                return new PopulatorStep.Refuse(ClaimMessages.boundToOtherVolume(target.getMetadata().getName(),
                        target.getSpec().getVolumeName(), volume));
            }
            return complete(seen, target, prime);
        }
        if (filled && prime.getSpec().getVolumeName() != null) {
            return rebind(target, prime, seen.volume());
        }
        return show(seen, prime);
    }

    /** Labels and annotations go in one write: whoever sees that the claim is filled sees the labels, too. */
    private static PopulatorStep complete(Seen seen, PersistentVolumeClaim target, PersistentVolumeClaim prime) {
        if (!Annotations.is(target, PodAnnotations.PHASE, PodPhases.SUCCEEDED)) {
            Patch.Builder patch = shown(seen, prime);
            Objects.requireNonNullElse(prime.getMetadata().getLabels(), Map.<String, String>of())
                    .forEach((key, value) -> {
                        if (Labels.isCopied(key) && Labels.of(target, key).isEmpty()) {
                            patch.label(key, value);
                        }
                    });
            set(target, patch, Annotations.POPULATOR_PROGRESS, Optional.of(Messages.PROGRESS_DONE));
            ProgressAnnotations.ALL.forEach(key -> set(target, patch, key, Optional.empty()));
            return new PopulatorStep.Complete(patch.build());
        }
        if (!ClaimPhases.LOST.equals(ClaimPhases.of(prime)) || prime.getMetadata().getDeletionTimestamp() != null) {
            return new PopulatorStep.Nothing();
        }
        return Annotations.isTrue(target, Annotations.RETAIN_AFTER_COMPLETION)
                ? new PopulatorStep.RetainPrime(prime)
                : new PopulatorStep.DeletePrime(prime);
    }

    private static PopulatorStep rebind(PersistentVolumeClaim target, PersistentVolumeClaim prime,
            Optional<PersistentVolume> volume) {
        if (volume.isEmpty()) {
            return new PopulatorStep.Refuse("volume " + prime.getSpec().getVolumeName() + " of claim "
                    + prime.getMetadata().getName() + " is not there");
        }
        ObjectReference claim = volume.get().getSpec().getClaimRef();
        String name = volume.get().getMetadata().getName();
        if (claim == null) {
            return new PopulatorStep.Refuse("PV " + name + " is bound to no claim");
        }
        if (refersTo(claim, target)) {
            // The control plane of the cluster binds it now.
            return new PopulatorStep.Nothing();
        }
        if (!refersTo(claim, prime)) {
            return new PopulatorStep.Refuse(
                    ClaimMessages.boundToUnexpectedClaim(name, claim.getNamespace() + "/" + claim.getName()));
        }
        Map<String, String> to = new LinkedHashMap<>();
        to.put("namespace", target.getMetadata().getNamespace());
        to.put("name", target.getMetadata().getName());
        to.put("uid", target.getMetadata().getUid());
        to.put("resourceVersion", target.getMetadata().getResourceVersion());
        return new PopulatorStep.Rebind(volume.get(),
                Patch.unchanged(volume.get()).field(to, "spec", "claimRef").build());
    }

    private static PopulatorStep show(Seen seen, PersistentVolumeClaim prime) {
        PersistentVolumeClaim target = seen.target();
        Patch.Builder patch = shown(seen, prime);
        set(target, patch, Annotations.PVC_PRIME, Optional.of(prime.getMetadata().getName()));
        if (ClaimPhases.isBound(prime) && !seen.hasPod() && !Annotations.has(target, Annotations.POPULATOR_PROGRESS)) {
            patch.annotation(Annotations.POPULATOR_PROGRESS, Messages.PROGRESS_UNKNOWN);
        }
        boolean failedNow = Annotations.is(prime, PodAnnotations.PHASE, PodPhases.FAILED)
                && !Annotations.is(target, PodAnnotations.PHASE, PodPhases.FAILED);
        return new PopulatorStep.ShowProgress(patch.isEmpty() ? Optional.empty() : Optional.of(patch.build()),
                failedNow);
    }

    private static Patch.Builder shown(Seen seen, PersistentVolumeClaim prime) {
        PersistentVolumeClaim target = seen.target();
        Patch.Builder patch = Patch.of(target);
        ClaimEvents.bound(target, seen.why()).forEach(patch::annotation);
        for (String key : SHOWN) {
            Optional<String> value = Annotations.of(prime, key);
            boolean early = key.equals(PodAnnotations.PHASE) && value.filter(PodPhases.SUCCEEDED::equals).isPresent()
                    && !ClaimPhases.isBound(target);
            if (!early) {
                set(target, patch, key, value);
            }
        }
        return patch;
    }

    private static void set(PersistentVolumeClaim target, Patch.Builder patch, String key, Optional<String> value) {
        if (!value.equals(Annotations.of(target, key))) {
            patch.annotation(key, value.orElse(null));
        }
    }

    private static boolean refersTo(ObjectReference reference, PersistentVolumeClaim claim) {
        return Objects.equals(reference.getNamespace(), claim.getMetadata().getNamespace())
                && Objects.equals(reference.getName(), claim.getMetadata().getName())
                && Objects.equals(reference.getUid(), claim.getMetadata().getUid());
    }
}
