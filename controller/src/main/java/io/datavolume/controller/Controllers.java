package io.datavolume.controller;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.event.EventWriter;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.wire.EventComponents;
import io.datavolume.api.wire.Installer;
import io.datavolume.controller.config.CdiConfigReconciler;
import io.datavolume.controller.datavolume.DataVolumeReconciler;
import io.datavolume.controller.datavolume.SizeDetection;
import io.datavolume.controller.importing.ImportReconciler;
import io.datavolume.controller.importing.InspectionPods;
import io.datavolume.controller.populator.ImportPopulatorReconciler;
import io.datavolume.controller.profile.StorageProfileReconciler;
import io.datavolume.controller.progress.ProgressReconciler;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All reconcilers, running on one cluster, real or local. */
public final class Controllers implements AutoCloseable {

    private final EventWriter events;
    private final List<ReconcilerLoop> loops = new ArrayList<>();

    private Controllers(EventWriter events) {
        this.events = events;
    }

    /** @param options of every loop */
    public static Controllers start(Cluster cluster, WorkerImage image, Installer installer, Clock clock,
            LoopOptions options) {
        return start(cluster, image, installer, clock, name -> options);
    }

    /** @param options of the loop of the reconciler of that name */
    public static Controllers start(Cluster cluster, WorkerImage image, Installer installer, Clock clock,
            Function<String, LoopOptions> options) {
        Controllers running = new Controllers(new EventWriter(cluster, clock));
        for (Reconciler reconciler : on(cluster, image, installer, clock, running.events)) {
            ReconcilerLoop loop = new ReconcilerLoop(cluster, reconciler, options.apply(reconciler.name()));
            running.loops.add(loop);
            loop.start();
        }
        return running;
    }

    /** The reconcilers themselves, for who has loops of its own. */
    public static List<Reconciler> on(Cluster cluster, WorkerImage image, Installer installer, Clock clock,
            EventWriter events) {
        ClusterSettings settings = new ClusterSettings(cluster, image, installer);
        WorkerScratch scratch = new WorkerScratch(cluster, events.recorder(EventComponents.IMPORT), settings,
                installer);
        SizeDetection sizes = new SizeDetection(cluster, new InspectionPods(cluster, settings, clock));
        return List.of(
                new CdiConfigReconciler(cluster, installer),
                new StorageProfileReconciler(cluster, installer, events.recorder(EventComponents.STORAGE_PROFILE),
                        clock),
                new DataVolumeReconciler(cluster, events, settings, sizes, clock),
                new ImportReconciler(cluster, events.recorder(EventComponents.IMPORT), settings, scratch, clock),
                new ImportPopulatorReconciler(cluster, events.recorder(EventComponents.IMPORT_POPULATOR),
                        settings.labels(), () -> settings.config().preallocation()),
                new ProgressReconciler(cluster));
    }

    /** Whether nothing waits to be reconciled; what is due later does not count. */
    public boolean isIdle() {
        return loops.stream().allMatch(ReconcilerLoop::isIdle);
    }

    /** Waits until {@link #isIdle}, for at most this time; returns whether it is so. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (ReconcilerLoop loop : loops) {
            if (!loop.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return false;
            }
        }
        return isIdle();
    }

    @Override
    public void close() {
        loops.forEach(ReconcilerLoop::close);
        events.close();
    }
}
