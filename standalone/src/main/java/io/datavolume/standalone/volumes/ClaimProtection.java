package io.datavolume.standalone.volumes;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.Finalizers;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lets a deleted claim go when no pod uses it. */
final class ClaimProtection implements Reconciler {

    private static final Index<Pod> BY_CLAIM = new Index<>("claim",
            pod -> claims(pod).stream().map(Key::toString).toList());

    private final Cluster cluster;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<Pod> pods;

    ClaimProtection(Cluster cluster) {
        this.cluster = cluster;
        this.claims = cluster.informer(Kinds.CLAIM);
        this.pods = cluster.informer(Kinds.POD);
        pods.index(BY_CLAIM);
    }

    @Override
    public String name() {
        return "pvc-protection-controller";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.CLAIM), new Trigger<>(Kinds.POD, ClaimProtection::claims));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<PersistentVolumeClaim> claim = claims.get(key);
        if (claim.isEmpty() || claim.get().getMetadata().getDeletionTimestamp() == null
                || !claim.get().getMetadata().getFinalizers().contains(Finalizers.CLAIM_PROTECTION) || isUsed(key)) {
            return Outcome.DONE;
        }
        List<String> rest = new ArrayList<>(claim.get().getMetadata().getFinalizers());
        rest.remove(Finalizers.CLAIM_PROTECTION);
        cluster.patch(Kinds.CLAIM, key, Patch.unchanged(claim.get()).field(rest, "metadata", "finalizers").build());
        return Outcome.DONE;
    }

    /** A pod uses its claims from the time it has a node until it is gone, as Kubernetes counts. */
    private boolean isUsed(Key claim) {
        return pods.find(BY_CLAIM, claim.toString()).stream()
                .anyMatch(pod -> !Objects.requireNonNullElse(pod.getSpec().getNodeName(), "").isEmpty());
    }

    /** The claims that a pod names. */
    private static List<Key> claims(Pod pod) {
        return pod.getSpec().getVolumes().stream().filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> new Key(pod.getMetadata().getNamespace(),
                        volume.getPersistentVolumeClaim().getClaimName()))
                .toList();
    }
}
