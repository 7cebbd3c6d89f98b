package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.datavolume.api.wire.PodPhases;
import io.datavolume.standalone.local.Folders;
import io.datavolume.standalone.local.LocalCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs the pods of the node, and shows what becomes of them. */
final class Kubelet implements Reconciler, AutoCloseable {

    private static final String NEVER = "Never";
    private static final String ON_FAILURE = "OnFailure";
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final long LONGEST_GRACE = 10;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private static final Index<Pod> WAITING = new Index<>("waiting",
            pod -> new PodStatuses(pod, Instant.EPOCH).showsWaiting()
                    ? List.of(pod.getMetadata().getNamespace())
                    : List.of());

    private final LocalCluster cluster;
    private final Slots slots;
    private final EventRecorder events;
    private final NodeOptions options;
    private final Informer<Pod> pods;
    private final WorkerStart workers;
    private final Map<Key, Run> runs = new ConcurrentHashMap<>();
    private volatile Consumer<Key> waker = key -> {};
    private volatile boolean closed;

    Kubelet(LocalCluster cluster, Slots slots, EventRecorder events, NodeOptions options) {
        this.cluster = cluster;
        this.slots = slots;
        this.events = events;
        this.options = options;
        this.pods = cluster.informer(Kinds.POD);
        this.workers = new WorkerStart(cluster, options);
        pods.index(WAITING);
    }

    void wakeBy(Consumer<Key> consumer) {
        waker = consumer;
    }

    @Override
    public String name() {
        return "kubelet";
    }

    @Override
    public List<Trigger<?>> triggers() {
        return List.of(Trigger.own(Kinds.POD), new Trigger<>(Kinds.SECRET, this::waitingFor),
                new Trigger<>(Kinds.CONFIG_MAP, this::waitingFor));
    }

    /** Pods that may wait for something in this namespace. */
    private List<Key> waitingFor(HasMetadata object) {
        return pods.find(WAITING, object.getMetadata().getNamespace()).stream().map(Key::of).toList();
    }

    @Override
    public Outcome reconcile(Key key) {
        if (closed) {
            return Outcome.DONE; // what ends now is started again by the next run of the command
        }
        Optional<Pod> found = pods.get(key);
        String uid = found.map(pod -> pod.getMetadata().getUid()).orElse("");
        Run known = runs.get(key);
        if (known != null && !known.uid().equals(uid)) {
            forget(key, known);
        }
        if (found.isEmpty()) {
            slots.free(key);
            return Outcome.DONE;
        }
        Pod pod = found.get();
        if (!LocalNode.NAME.equals(pod.getSpec().getNodeName())) {
            return Outcome.DONE;
        }
        Run run = runs.computeIfAbsent(key, k -> new Run(uid));
        try {
            return reconcile(pod, run);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to run pod " + key + " but failed: " + e.getMessage(), e);
        }
    }

    private Outcome reconcile(Pod pod, Run run) throws IOException {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return end(pod, run);
        }
        if (PodPhases.isDone(Objects.requireNonNullElse(pod.getStatus().getPhase(), ""))) {
            return Outcome.DONE;
        }
        PodStatuses statuses = statuses(pod);
        if (run.process().isPresent()) {
            WorkerProcess process = run.process().get();
            if (!process.isAlive()) {
                return finished(pod, run, Termination.of(process.exitCode(), workers.files(pod), isToLogs(pod)), true);
            }
            if (!statuses.showsRunning()) {
                patchStatus(pod, statuses.running(process.id(), run.isRestart()));
            }
            return Outcome.DONE;
        }
        if (statuses.showsRunning()) {
            WorkerProcess.endLeftover(workers.files(pod));
            return finished(pod, run, Termination.unseen(workers.files(pod)), false);
        }
        return start(pod, run);
    }

    private Outcome start(Pod pod, Run run) throws IOException {
        Key key = Key.of(pod);
        long wait = run.waitNanos(options.time().nanos());
        if (wait > 0) {
            return Outcome.after(Duration.ofNanos(wait));
        }
        if (!slots.take(key)) {
            return Outcome.DONE; // woken when there is room
        }
        Pod shown = statuses(pod).container().isEmpty() ? patchStatus(pod, statuses(pod).creating()) : pod;
        boolean restart = statuses(shown).hasEnded();
        try {
            WorkerProcess process = workers.start(shown);
            run.started(process, restart, options.time().nanos());
            process.onExit(() -> waker.accept(key));
            patchStatus(shown, statuses(shown).running(process.id(), restart));
            return Outcome.DONE;
        } catch (NotReadyException e) {
            slots.free(key);
            if (!statuses(shown).isWaiting(e.reason(), e.text())) {
                patchStatus(shown, statuses(shown).notReady(e.reason(), e.text()));
            }
            events.warning(pod, e.event(), e.text());
            return Outcome.after(RETRY);
        }
    }

    /** @param counts whether it is the worker's own failure */
    private Outcome finished(Pod pod, Run run, Termination end, boolean counts) throws IOException {
        Key key = Key.of(pod);
        if (!isRestarted(pod, end)) {
            String phase = end.exitCode() == 0 ? PodPhases.SUCCEEDED : PodPhases.FAILED;
            workers.removeVolumes(pod);
            patchStatus(pod, statuses(pod).terminated(end, phase));
            run.ended();
            slots.free(key);
            return Outcome.DONE;
        }
        Pod shown = patchStatus(pod, statuses(pod).terminated(end, PodPhases.RUNNING));
        run.ended();
        Duration wait = counts
                ? options.backoff().after(run.failed(options.time().nanos(), options.backoff()))
                : Duration.ZERO;
        if (wait.isZero()) {
            return start(shown, run);
        }
        slots.free(key);
        run.backOff(options.time().nanos() + wait.toNanos());
        patchStatus(shown, statuses(shown).crashLoop(wait));
        events.warning(pod, "BackOff", "Back-off restarting failed container "
                + pod.getSpec().getContainers().getFirst().getName() + " in pod " + pod.getMetadata().getName());
        return Outcome.after(wait);
    }

    /** Ends a pod that was deleted: asked first, then killed, then gone. */
    private Outcome end(Pod pod, Run run) throws IOException {
        Key key = Key.of(pod);
        if (run.process().filter(WorkerProcess::isAlive).isPresent()) {
            WorkerProcess process = run.process().get();
            long now = options.time().nanos();
            Long asked = pod.getMetadata().getDeletionGracePeriodSeconds();
            long grace = Math.min(asked == null ? LONGEST_GRACE : asked, LONGEST_GRACE);
            if (!run.endBy(now + Duration.ofSeconds(grace).toNanos())) {
                process.terminate();
            } else if (now >= run.killAtNanos()) {
                process.kill();
            }
            // Its exit calls again before.
            return Outcome.after(Duration.ofNanos(Math.max(run.killAtNanos() - now, Duration.ofSeconds(1).toNanos())));
        }
        WorkerProcess.endLeftover(workers.files(pod));
        cluster.ended(Kinds.POD, key, pod.getMetadata().getUid());
        return Outcome.DONE;
    }

    /** The pod is gone. */
    private void forget(Key key, Run run) {
        run.process().ifPresent(WorkerProcess::kill);
        runs.remove(key);
        slots.free(key);
        try {
            Folders.delete(cluster.state().pod(run.uid()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Tried to remove what pod " + key + " left but failed: " + e.getMessage(), e);
        }
    }

    private Pod patchStatus(Pod pod, Patch patch) {
        return cluster.patchStatus(Kinds.POD, Key.of(pod), patch);
    }

    private PodStatuses statuses(Pod pod) {
        return new PodStatuses(pod, options.clock().instant());
    }

    private static boolean isRestarted(Pod pod, Termination end) {
        return switch (Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "")) {
            case NEVER -> false;
            case ON_FAILURE -> end.exitCode() != 0;
            default -> true;
        };
    }

    private static boolean isToLogs(Pod pod) {
        return "FallbackToLogsOnError".equals(pod.getSpec().getContainers().getFirst().getTerminationMessagePolicy());
    }

    /** Ends the processes that an earlier run of the command left of a pod. */
    static void endLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, "*.process")) {
            for (Path record : records) {
                WorkerProcess.endLeftover(record);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        List<WorkerProcess> all = runs.values().stream().flatMap(run -> run.process().stream())
                .filter(WorkerProcess::isAlive).toList();
        all.forEach(WorkerProcess::terminate);
        long deadline = System.nanoTime() + CLOSING.toNanos();
        for (WorkerProcess process : all) {
            if (!process.awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                process.kill();
            }
        }
    }
}
