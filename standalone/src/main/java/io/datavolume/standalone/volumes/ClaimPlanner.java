package io.datavolume.standalone.volumes;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.VolumeAnnotations;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides about a claim as Kubernetes' volume controller and a CSI provisioner do together.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#lifecycle-of-a-volume-and-claim">Lifecycle
 *      of a volume and claim</a>
 */
final class ClaimPlanner {

    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private ClaimPlanner() {}

    /**
     * @param volumes those that name the claim, the one that it names, and the free ones of its class
     * @param storageClass the claim's class, if there is one of that name
     */
    static ClaimPlan plan(PersistentVolumeClaim claim, Collection<PersistentVolume> volumes,
            Optional<StorageClass> storageClass) {
        String named = Objects.requireNonNullElse(claim.getSpec().getVolumeName(), "");
        Optional<PersistentVolume> volume = volumes.stream().filter(v -> v.getMetadata().getName().equals(named))
                .findFirst();
        if (Annotations.has(claim, VolumeAnnotations.BIND_COMPLETED)) {
            return bound(claim, named, volume);
        }
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return new ClaimPlan.Settled();
        }
        return named.isEmpty() ? unbound(claim, volumes, storageClass) : naming(claim, named, volume);
    }

    private static ClaimPlan bound(PersistentVolumeClaim claim, String named, Optional<PersistentVolume> volume) {
        if (named.isEmpty()) {
            return new ClaimPlan.Lose("ClaimLost",
                    "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        }
        if (volume.isEmpty()) {
            return new ClaimPlan.Lose("ClaimLost",
                    "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        ObjectReference reference = volume.get().getSpec().getClaimRef();
        if (reference == null || claim.getMetadata().getUid().equals(reference.getUid())) {
            return new ClaimPlan.Bind(volume.get());
        }
        return new ClaimPlan.Lose("ClaimMisbound",
                "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private static ClaimPlan naming(PersistentVolumeClaim claim, String named, Optional<PersistentVolume> volume) {
        if (volume.isEmpty()) {
            return new ClaimPlan.Refuse("FailedBinding", "volume \"" + named + "\" does not exist");
        }
        if (VolumeMatch.isFor(volume.get(), claim)) {
            return new ClaimPlan.Bind(volume.get());
        }
        if (volume.get().getSpec().getClaimRef() != null) {
            return new ClaimPlan.Refuse("FailedBinding",
                    "volume \"" + named + "\" already bound to a different claim.");
        }
        return VolumeMatch.mismatch(volume.get(), claim)
                .<ClaimPlan>map(why -> new ClaimPlan.Refuse("VolumeMismatch",
                        "Cannot bind to requested volume \"" + named + "\": " + why))
                .orElseGet(() -> new ClaimPlan.Bind(volume.get()));
    }

    private static ClaimPlan unbound(PersistentVolumeClaim claim, Collection<PersistentVolume> volumes,
            Optional<StorageClass> storageClass) {
        boolean delayed = storageClass.map(BindingMode::of).filter(BindingMode.WAIT_FOR_FIRST_CONSUMER::equals)
                .isPresent() && !Annotations.has(claim, Annotations.SELECTED_NODE);
        Optional<PersistentVolume> match = VolumeMatch.best(claim, volumes, delayed);
        if (match.isPresent()) {
            return new ClaimPlan.Bind(match.get());
        }
        if (delayed) {
            return new ClaimPlan.Wait("WaitForFirstConsumer",
                    "waiting for first consumer to be created before binding");
        }
        String className = VolumeMatch.className(claim);
        if (className.isEmpty()) {
            return new ClaimPlan.Wait("FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
        }
        return storageClass.map(found -> provision(claim, found)).orElseGet(() -> new ClaimPlan.Refuse(
                "ProvisioningFailed", "storageclass.storage.k8s.io \"" + className + "\" not found"));
    }

    private static ClaimPlan provision(PersistentVolumeClaim claim, StorageClass storageClass) {
        if (NO_PROVISIONER.equals(storageClass.getProvisioner())) {
            return new ClaimPlan.Wait("FailedBinding",
                    "no persistent volumes available for this claim and the storage class has no provisioner");
        }
        TypedObjectReference source = claim.getSpec().getDataSourceRef();
        if (source == null) {
            return new ClaimPlan.Provision(storageClass);
        }
        String group = Objects.requireNonNullElse(source.getApiGroup(), "");
        if (group.isEmpty() || group.equals("snapshot.storage.k8s.io")) {
            return new ClaimPlan.Refuse("ProvisioningFailed", "claims that begin as a copy of a " + source.getKind()
                    + " are not supported by the local provisioner");
        }
        // A populator makes a claim of its own and hands its volume over.
        return new ClaimPlan.Wait("Provisioning", "Assuming an external populator will provision the volume");
    }
}
