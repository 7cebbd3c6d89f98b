package io.datavolume.scratch;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.wire.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Creates and deletes scratch claims. */
public final class ScratchClaims {

    private final Cluster cluster;

    public ScratchClaims(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Whether a worker has its scratch claim. */
    public enum Standing {
        /** It is there, and the worker's own. */
        READY,
        /** One of an earlier worker is going away under the same name; it will be gone soon. */
        TERMINATING,
        /** Somebody else has a claim of that name. */
        TAKEN
    }

    /**
     * Creates the claim that was planned for a worker, unless it is there.
     *
     * @throws ClusterException as the cluster says; {@link ClusterException.Forbidden} tells of quotas
     */
    public Standing ensure(PersistentVolumeClaim planned, Pod worker) {
        Optional<PersistentVolumeClaim> there = cluster.get(Kinds.CLAIM, Key.of(planned));
        if (there.isEmpty()) {
            try {
                cluster.create(Kinds.CLAIM, planned);
                return Standing.READY;
            } catch (ClusterException.AlreadyExists e) {
                there = cluster.get(Kinds.CLAIM, Key.of(planned));
            }
        }
        return there.map(claim -> standing(claim, worker)).orElse(Standing.TERMINATING);
    }

    /**
     * Deletes the scratch claim of a worker, when the worker is done, has failed or is given up.
     *
     * @return whether there was one of this worker
     */
    public boolean delete(PersistentVolumeClaim target, Pod worker) {
        Key key = new Key(target.getMetadata().getNamespace(), Names.scratch(target.getMetadata().getName()));
        return cluster.get(Kinds.CLAIM, key).filter(claim -> Owners.isControlledBy(claim, worker))
                .filter(claim -> cluster.delete(Kinds.CLAIM, key, claim.getMetadata().getUid())).isPresent();
    }

    private Standing standing(PersistentVolumeClaim claim, Pod worker) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return Standing.TERMINATING;
        }
        if (Owners.isControlledBy(claim, worker)) {
            return Standing.READY;
        }
        if (Owners.controllerOf(claim, Kinds.POD).filter(Key.of(worker)::equals).isPresent()) {
            // Of a pod of the same name that is gone: the collector of garbage would come to it later.
            cluster.delete(Kinds.CLAIM, Key.of(claim), claim.getMetadata().getUid());
            return Standing.TERMINATING;
        }
        return Standing.TAKEN;
    }
}
