package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.wire.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The pods that fill a claim, or its prime claim, or use it. */
public final class WorkerPods {

    private WorkerPods() {}

    /** @param claim the claim, which has its DataVolume's name */
    public static List<Pod> of(Cluster cluster, Key claim) {
        Set<String> claims = new TreeSet<>(Set.of(claim.name()));
        Optional<PersistentVolumeClaim> present = cluster.get(Kinds.CLAIM, claim);
        present.ifPresent(there -> claims.add(Names.primeClaim(there.getMetadata().getUid())));
        return cluster.list(Kinds.POD, Selection.in(claim.namespace())).stream()
                .filter(pod -> Objects.requireNonNullElse(pod.getSpec().getVolumes(),
                        List.<io.fabric8.kubernetes.api.model.Volume>of()).stream()
                        .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                                && claims.contains(volume.getPersistentVolumeClaim().getClaimName())))
                .toList();
    }

    /** The end of its log; empty if there is none. */
    public static String log(Cluster cluster, Pod pod, int lines, int bytes) {
        return cluster.podLog(Key.of(pod), pod.getSpec().getContainers().getFirst().getName(), lines, bytes)
                .orElse("");
    }
}
