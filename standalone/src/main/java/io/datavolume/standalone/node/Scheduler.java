package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ClaimPhases;
import io.datavolume.api.wire.Labels;
import io.datavolume.storage.BindingMode;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Decides whether a pod may run here now: its claims decide, and its node selector. */
final class Scheduler {

    /** The labels of this node. */
    static final Map<String, String> LABELS = Map.of("kubernetes.io/hostname", LocalNode.NAME, "kubernetes.io/os",
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT), Labels.NODE_ARCHITECTURE, architecture());

    private Scheduler() {}

    static Placement plan(Pod pod, Function<Key, Optional<PersistentVolumeClaim>> claims, StorageClasses classes) {
        Map<String, String> selector = pod.getSpec().getNodeSelector();
        if (selector != null && !LABELS.entrySet().containsAll(selector.entrySet())) {
            return wait("1 node(s) didn't match Pod's node affinity/selector");
        }
        List<Key> toSelect = new ArrayList<>();
        boolean binding = false;
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() == null) {
                continue;
            }
            String name = volume.getPersistentVolumeClaim().getClaimName();
            Key key = new Key(pod.getMetadata().getNamespace(), name);
            Optional<PersistentVolumeClaim> claim = claims.apply(key);
            if (claim.isEmpty()) {
                return wait("persistentvolumeclaim \"" + name + "\" not found");
            }
            if (claim.get().getMetadata().getDeletionTimestamp() != null) {
                return wait("persistentvolumeclaim \"" + name + "\" is being deleted");
            }
            String phase = claim.get().getStatus() == null ? "" : claim.get().getStatus().getPhase();
            if (ClaimPhases.LOST.equals(phase)) {
                return wait("persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                        + claim.get().getSpec().getVolumeName() + "\"");
            }
            if (ClaimPhases.BOUND.equals(phase)) {
                continue;
            }
            if (BindingMode.ofClaim(Optional.ofNullable(claim.get().getSpec().getStorageClassName()),
                    classes) == BindingMode.IMMEDIATE) {
                return wait("pod has unbound immediate PersistentVolumeClaims");
            }
            binding = true;
            if (!Annotations.has(claim.get(), Annotations.SELECTED_NODE)) {
                toSelect.add(key);
            }
        }
        if (binding) {
            return new Placement.SelectNode(List.copyOf(toSelect));
        }
        return new Placement.Place();
    }

    static Placement.Wait wait(String why) {
        return new Placement.Wait("0/1 nodes are available: " + why + ".");
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
