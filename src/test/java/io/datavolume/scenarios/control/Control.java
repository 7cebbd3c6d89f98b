package io.datavolume.scenarios.control;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reconcilers that run on a cluster, and somebody who waits for what they do. */
final class Control implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<ReconcilerLoop> loops;
    private final List<Informer.Registration> registrations = new ArrayList<>();
    private final Object changed = new Object();

    /** @param watched kinds whose changes end a wait */
    Control(Cluster cluster, List<Kind<?>> watched, Reconciler... reconcilers) {
        watched.forEach(kind -> watch(cluster, kind));
        loops = List.of(reconcilers).stream()
                .map(reconciler -> new ReconcilerLoop(cluster, reconciler, LoopOptions.standard())).toList();
        loops.forEach(ReconcilerLoop::start);
    }

    private void watch(Cluster cluster, Kind<?> kind) {
        registrations.add(cluster.informer(kind).listen((before, after) -> {
            synchronized (changed) {
                changed.notifyAll();
            }
        }));
    }

    /** Waits until a condition holds, which is looked at again whenever a watched object changes. */
    void await(String condition, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (changed) {
            while (!holds.getAsBoolean()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    fail("it did not come to this: " + condition);
                }
                changed.wait(left);
            }
        }
    }

    /** Waits until the reconcilers are done with what they know of. */
    void settle() throws InterruptedException {
        for (ReconcilerLoop loop : loops) {
            assertTrue(loop.awaitIdle(PATIENCE), "the reconcilers come to no rest");
        }
    }

    @Override
    public void close() {
        loops.forEach(ReconcilerLoop::close);
        registrations.forEach(Informer.Registration::close);
    }
}
