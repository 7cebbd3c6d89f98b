package io.datavolume.scenarios.control;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.scenarios.cluster.Changes;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reconcilers that run on a cluster, and somebody who waits for what they do. */
final class Control implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<ReconcilerLoop> loops;
    private final Changes changes;

    /** @param watched kinds whose changes end a wait */
    Control(Cluster cluster, List<Kind<?>> watched, Reconciler... reconcilers) {
        changes = new Changes(cluster, watched, PATIENCE, () -> "");
        loops = List.of(reconcilers).stream()
                .map(reconciler -> new ReconcilerLoop(cluster, reconciler, LoopOptions.standard())).toList();
        loops.forEach(ReconcilerLoop::start);
    }

    /** Waits until a condition holds, which is looked at again whenever a watched object changes. */
    void await(String condition, BooleanSupplier holds) throws InterruptedException {
        changes.await(condition, holds);
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
        changes.close();
    }
}
