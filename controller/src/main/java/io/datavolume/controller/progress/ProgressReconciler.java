package io.datavolume.controller.progress;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.PodPhases;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the end of running workers' output and shows it on the claims that users see. It travels by the API server, so
 * no network policy hides it. The more workers run, the less often each is looked at.
 */
public final class ProgressReconciler implements Reconciler {

    /** Of one worker at the most. */
    static final Duration INTERVAL = Duration.ofSeconds(2);
    /** Claims written in a second, of all workers; each makes its DataVolume be written once as well. */
    static final int WRITES_PER_SECOND = 10;

    private static final int TAIL_LINES = 8;
    private static final int LIMIT_BYTES = 16 << 10;
    private static final String CONTAINER = "importer";

    private final Cluster cluster;
    private final Informer<Pod> pods;
    private final Informer<PersistentVolumeClaim> claims;

    public ProgressReconciler(Cluster cluster) {
        this.cluster = cluster;
        pods = cluster.informer(Kinds.POD);
        claims = cluster.informer(Kinds.CLAIM);
        pods.index(RunningWorkers.INDEX);
    }

    @Override
    public String name() {
        return "progress-controller";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(new Trigger<>(Kinds.POD,
                pod -> RunningWorkers.isOne(pod) ? List.of(Key.of(pod)) : List.of()));
    }

    @Override
    public Outcome reconcile(Key key) {
        Optional<Pod> pod = pods.get(key).filter(RunningWorkers::isOne);
        Optional<PersistentVolumeClaim> claim = pod.flatMap(this::shownOn);
        if (claim.isEmpty()) {
            return Outcome.DONE;
        }
        cluster.podLog(key, CONTAINER, TAIL_LINES, LIMIT_BYTES).flatMap(WorkerProgress::last)
                .ifPresent(progress -> show(claim.get(), progress));
        return Outcome.after(interval());
    }

    /** Spreads all workers over the writes that there may be. */
    private Duration interval() {
        int running = pods.find(RunningWorkers.INDEX, RunningWorkers.VALUE).size();
        Duration fair = Duration.ofMillis(1000L * running / WRITES_PER_SECOND);
        return fair.compareTo(INTERVAL) > 0 ? fair : INTERVAL;
    }

    private void show(PersistentVolumeClaim claim, WorkerProgress progress) {
        Patch.Builder patch = Patch.of(claim);
        for (Map.Entry<String, @Nullable String> wanted : progress.annotations().entrySet()) {
            if (!Objects.equals(wanted.getValue(), Annotations.of(claim, wanted.getKey()).orElse(null))) {
                patch.annotation(wanted.getKey(), wanted.getValue());
            }
        }
        if (!patch.isEmpty()) {
            cluster.patch(Kinds.CLAIM, Key.of(claim), patch.build());
        }
    }

    /** The worker's claim, or the target of that. */
    private Optional<PersistentVolumeClaim> shownOn(Pod pod) {
        return Owners.controllerOf(pod, Kinds.CLAIM).flatMap(claims::get)
                .map(claim -> Owners.controllerOf(claim, Kinds.CLAIM).flatMap(claims::get).orElse(claim));
    }

    /** Worker pods whose container runs. */
    static final class RunningWorkers {

        static final String VALUE = "running";
        static final io.datavolume.api.cluster.Index<Pod> INDEX = new io.datavolume.api.cluster.Index<>(
                "running-workers", pod -> isOne(pod) ? List.of(VALUE) : List.of());

        private RunningWorkers() {}

        static boolean isOne(Pod pod) {
            return Labels.of(pod, Labels.COMPONENT).filter(Labels.IMPORTER::equals).isPresent()
                    && pod.getStatus() != null && PodPhases.RUNNING.equals(pod.getStatus().getPhase())
                    && pod.getMetadata().getDeletionTimestamp() == null
                    // One that has ended has told its last, and what its claim shows is gone or for others to say.
                    && pod.getStatus().getContainerStatuses().stream()
                            .noneMatch(
                                    status -> status.getState() != null && status.getState().getTerminated() != null);
        }
    }
}
