package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.Annotations;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.Wire;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Scheduler and kubelet as the controller sees them, without a machine behind: pods run once their claims are bound, and
 * workers answer as real ones do to the same order.
 */
final class PlayedNode implements Reconciler {

    private static final String NAME = "played";
    private static final Index<Pod> BY_CLAIM = new Index<>("played-by-claim",
            pod -> claimsOf(pod).map(Key::toString).toList());

    private final Cluster cluster;
    private final KubernetesClient client;
    private final PlayedWorker worker;
    private final Informer<Pod> pods;
    private final Informer<PersistentVolumeClaim> claims;

    /** @param client can delete a pod at once, as only kubelets do */
    PlayedNode(Cluster cluster, KubernetesClient client, PlayedWorker worker) {
        this.cluster = cluster;
        this.client = client;
        this.worker = worker;
        pods = cluster.informer(Kinds.POD);
        claims = cluster.informer(Kinds.CLAIM);
        pods.index(BY_CLAIM);
    }

    @Override
    public String name() {
        return "played-node";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.POD), new Trigger<>(Kinds.CLAIM,
                claim -> pods.find(BY_CLAIM, Key.of(claim).toString()).stream().map(Key::of).toList()));
    }

    @Override
    public Outcome reconcile(Key key) {
        pods.get(key).filter(pod -> key.namespace().startsWith(KubernetesBed.PREFIX)).ifPresent(this::reconcile);
        return Outcome.DONE;
    }

    private void reconcile(Pod pod) {
        String phase = pod.getStatus() == null ? "" : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName())
                    .withGracePeriod(0).delete();
        } else if (phase.equals("Pending") && areBound(pod)) {
            show(pod, "Running", new ContainerStateBuilder().withNewRunning().endRunning().build());
        } else if (phase.equals("Running")) {
            order(pod).flatMap(worker::answer).ifPresent(result -> show(pod, "Succeeded", new ContainerStateBuilder()
                    .withNewTerminated().withExitCode(0).withReason("Completed").withMessage(Wire.json(result))
                    .endTerminated().build()));
        }
    }

    /** Has volumes made for the pod's claims if they wait for that; says whether it may run. */
    private boolean areBound(Pod pod) {
        List<PersistentVolumeClaim> used = claimsOf(pod).flatMap(key -> claims.get(key).stream()).toList();
        used.stream().filter(claim -> Bed.WAITS.equals(claim.getSpec().getStorageClassName()))
                .filter(claim -> !Annotations.has(claim, Annotations.SELECTED_NODE))
                .forEach(claim -> cluster.patch(Kinds.CLAIM, Key.of(claim),
                        Patch.of(claim).annotation(Annotations.SELECTED_NODE, NAME).build()));
        return used.size() == claimsOf(pod).count() && used.stream()
                .allMatch(claim -> claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase()));
    }

    private static Stream<Key> claimsOf(Pod pod) {
        return pod.getSpec().getVolumes().stream().map(Volume::getPersistentVolumeClaim).filter(Objects::nonNull)
                .map(source -> new Key(pod.getMetadata().getNamespace(), source.getClaimName()));
    }

    private static Optional<TransferSpec> order(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals("TRANSFER_SPEC")).map(EnvVar::getValue).findFirst()
                .map(PlayedNode::spec);
    }

    private static TransferSpec spec(String json) {
        try {
            return Wire.spec(json);
        } catch (NeedsUserException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private void show(Pod pod, String phase, ContainerState state) {
        var container = pod.getSpec().getContainers().getFirst();
        cluster.patchStatus(Kinds.POD, Key.of(pod), Patch.of(pod).field(phase, "status", "phase")
                .field(List.of(new ContainerStatusBuilder().withName(container.getName())
                        .withImage(container.getImage()).withImageID("").withReady(phase.equals("Running"))
                        .withRestartCount(0).withState(state).build()), "status", "containerStatuses")
                .build());
    }

    /** Pods whose workers may be able to end now. */
    List<Key> all() {
        return pods.list().stream().map(Key::of).filter(key -> key.namespace().startsWith(KubernetesBed.PREFIX))
                .toList();
    }
}
