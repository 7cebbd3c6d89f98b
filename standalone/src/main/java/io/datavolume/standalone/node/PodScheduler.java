package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gives pods to the node as soon as their claims are bound and there is room. */
final class PodScheduler implements Reconciler {

    private static final Index<Pod> BY_CLAIM = new Index<>("unscheduled-by-claim",
            pod -> isScheduled(pod)
                    ? List.of()
                    : pod.getSpec().getVolumes().stream().filter(v -> v.getPersistentVolumeClaim() != null)
                            .map(v -> new Key(pod.getMetadata().getNamespace(),
                                    v.getPersistentVolumeClaim().getClaimName()).toString())
                            .toList());

    private final Cluster cluster;
    private final Slots slots;
    private final EventRecorder events;
    private final NodeOptions options;
    private final Informer<Pod> pods;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<StorageClass> classes;

    PodScheduler(Cluster cluster, Slots slots, EventRecorder events, NodeOptions options) {
        this.cluster = cluster;
        this.slots = slots;
        this.events = events;
        this.options = options;
        this.pods = cluster.informer(Kinds.POD);
        this.claims = cluster.informer(Kinds.CLAIM);
        this.classes = cluster.informer(Kinds.STORAGE_CLASS);
        pods.index(BY_CLAIM);
    }

    @Override
    public String name() {
        return "default-scheduler";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.POD), new Trigger<>(Kinds.CLAIM,
                claim -> pods.find(BY_CLAIM, Key.of(claim).toString()).stream().map(Key::of).toList()));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<Pod> found = pods.get(key);
        if (found.isEmpty() || isScheduled(found.get()) || found.get().getMetadata().getDeletionTimestamp() != null) {
            return Outcome.DONE;
        }
        Pod pod = found.get();
        switch (Scheduler.plan(pod, claims::get, StorageClasses.of(classes.list()))) {
            case Placement.Wait wait -> {
                slots.free(key); // others must not stand behind one that cannot go
                hold(pod, wait.message());
            }
            case Placement.SelectNode select -> select.claims().forEach(this::select);
            case Placement.Place place -> {
                if (slots.take(key)) {
                    cluster.patch(Kinds.POD, key, Patch.of(pod).field(LocalNode.NAME, "spec", "nodeName").build());
                    events.normal(pod, "Scheduled", "Successfully assigned " + key + " to " + LocalNode.NAME);
                } else {
                    hold(pod, Scheduler.wait("1 Too many pods").message());
                }
            }
        }
        return Outcome.DONE;
    }

    private void select(Key claim) {
        claims.get(claim).ifPresent(found -> cluster.patch(Kinds.CLAIM, claim,
                Patch.of(found).annotation(Annotations.SELECTED_NODE, LocalNode.NAME).build()));
    }

    private void hold(Pod pod, String message) {
        boolean told = Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .anyMatch(condition -> message.equals(condition.getMessage()));
        if (!told) {
            cluster.patchStatus(Kinds.POD, Key.of(pod),
                    new PodStatuses(pod, options.clock().instant()).unschedulable(message));
            events.warning(pod, "FailedScheduling", message);
        }
    }

    private static boolean isScheduled(Pod pod) {
        String phase = pod.getStatus() == null ? "" : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        return !Objects.requireNonNullElse(pod.getSpec().getNodeName(), "").isEmpty() || PodPhases.isDone(phase);
    }
}
