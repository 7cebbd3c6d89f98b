package io.datavolume.kubernetes.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReconcilerLoopTest {

    private static final Key A = new Key("ns", "a");
    private static final Key B = new Key("ns", "b");

    private final ManualTime time = new ManualTime();
    private final OneInformer cluster = new OneInformer();
    private final BlockingQueue<Key> calls = new LinkedBlockingQueue<>();
    private final List<ReconcilerLoop> loops = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.forEach(ReconcilerLoop::close);
    }

    @Test
    void whatIsThereAtTheStartIsReconciled() throws InterruptedException {
        cluster.put(object(A, Map.of()));
        start(Trigger.own(Kinds.CONFIG_MAP), key -> Outcome.DONE);
        assertEquals(A, calls.take());
    }

    @Test
    void whatAReconcilerWantsAtTheStartIsReconciledThoughItIsNotThere() throws InterruptedException {
        Reconciler reconciler = new Reconciler() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public List<Trigger<?>> triggers() {
                return List.of(Trigger.own(Kinds.CONFIG_MAP));
            }

            @Override
            public List<Key> atStart() {
                return List.of(B);
            }

            @Override
            public Outcome reconcile(Key key) {
                calls.add(key);
                return Outcome.DONE;
            }
        };
        ReconcilerLoop loop = new ReconcilerLoop(cluster, reconciler, LoopOptions.standard());
        loops.add(loop);
        loop.start();
        assertEquals(B, calls.take());
    }

    @Test
    void bothOldAndNewObjectsOfAChangeWake() throws InterruptedException {
        Trigger<ConfigMap> byLabel = new Trigger<>(Kinds.CONFIG_MAP,
                map -> List.of(new Key("ns", label(map))));
        cluster.put(object(A, Map.of("for", "x")));
        ReconcilerLoop loop = start(byLabel, key -> Outcome.DONE);
        assertEquals(new Key("ns", "x"), calls.take());
        assertTrue(loop.awaitIdle(Duration.ofSeconds(30)));
        cluster.put(object(A, Map.of("for", "y")));
        assertEquals(List.of("x", "y"), List.of(calls.take().name(), calls.take().name()).stream().sorted().toList());
        cluster.remove(A);
        assertEquals(new Key("ns", "y"), calls.take());
    }

    @Test
    void aReconcilerIsCalledAgainWhenItAskedForThat() throws InterruptedException {
        ReconcilerLoop loop = start(Trigger.own(Kinds.CONFIG_MAP), key -> Outcome.after(Duration.ofMinutes(1)));
        loop.wake(A);
        for (int i = 0; i < 3; i++) {
            assertEquals(A, calls.take());
            assertTrue(loop.awaitIdle(Duration.ofSeconds(30)));
            time.advance(Duration.ofMinutes(1));
        }
        assertEquals(A, calls.take());
    }

    @Test
    void aConflictIsTriedAgainAtOnce() throws InterruptedException {
        ReconcilerLoop loop = start(Trigger.own(Kinds.CONFIG_MAP), failingOnce(new ClusterException.Conflict("stale")));
        loop.wake(A);
        assertEquals(A, calls.take());
        assertEquals(A, calls.take());
        assertTrue(loop.awaitIdle(Duration.ofSeconds(30)));
        assertEquals(2, loop.runs());
    }

    @Test
    void anUnavailableClusterIsTriedAgainWithBackoff() throws InterruptedException {
        retriedAfterFiveMilliseconds(new ClusterException.Unavailable("no route", null));
    }

    @Test
    void anUnexpectedFailureIsTriedAgainWithBackoff() throws InterruptedException {
        retriedAfterFiveMilliseconds(new IllegalStateException("defect"));
    }

    @Test
    void aFailureOfTheMachineEndsNoWorker() throws InterruptedException {
        retriedAfterFiveMilliseconds(new StackOverflowError("defect"));
    }

    @Test
    void anObjectThatATriggerCannotReadHoldsUpNoOther() throws InterruptedException {
        cluster.put(object(A, Map.of()));
        cluster.put(object(B, Map.of("for", "b")));
        start(new Trigger<>(Kinds.CONFIG_MAP,
                map -> List.of(new Key("ns", label(map)))),
                key -> Outcome.DONE);
        assertEquals(B, calls.take());
    }

    @Test
    void aStoppedLoopListensNoLonger() {
        ReconcilerLoop loop = start(Trigger.own(Kinds.CONFIG_MAP), key -> Outcome.DONE);
        loop.close();
        assertEquals(0, cluster.listeners());
        cluster.put(object(A, Map.of()));
        assertEquals(0, loop.runs());
        assertThrows(IllegalStateException.class, loop::start);
    }

    @Test
    void stoppingInterruptsWhatRuns() throws InterruptedException {
        ReconcilerLoop loop = start(Trigger.own(Kinds.CONFIG_MAP), key -> {
            try {
                Thread.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Outcome.DONE;
        });
        loop.wake(A);
        calls.take();
        assertFalse(loop.isIdle());
        loop.close();
    }

    private void retriedAfterFiveMilliseconds(Throwable failure) throws InterruptedException {
        ReconcilerLoop loop = start(Trigger.own(Kinds.CONFIG_MAP), failingOnce(failure));
        loop.wake(A);
        assertEquals(A, calls.take());
        // B is behind A's retry in line, if that came at once.
        loop.wake(B);
        assertEquals(B, calls.take());
        time.advance(Duration.ofMillis(5));
        assertEquals(A, calls.take());
        assertTrue(loop.awaitIdle(Duration.ofSeconds(30)));
    }

    private static Function<Key, Outcome> failingOnce(Throwable failure) {
        boolean[] failed = new boolean[1];
        return key -> {
            if (!failed[0] && key.equals(A)) {
                failed[0] = true;
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
            return Outcome.DONE;
        };
    }

    private ReconcilerLoop start(Trigger<?> trigger, Function<Key, Outcome> work) {
        var reconciler = new Reconciler() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public List<Trigger<?>> triggers() {
                return List.of(trigger);
            }

            @Override
            public Outcome reconcile(Key key) {
                calls.add(key);
                return work.apply(key);
            }
        };
        var options = new LoopOptions(1, time, Backoff.DEFAULT, RateLimit.DEFAULT, () -> 0, QueueMetrics.NONE);
        var loop = new ReconcilerLoop(cluster, reconciler, options);
        loops.add(loop);
        loop.start();
        return loop;
    }

    private static String label(ConfigMap map) {
        return Objects.requireNonNull(map.getMetadata().getLabels().get("for"));
    }

    private static ConfigMap object(Key key, Map<String, String> labels) {
        return new ConfigMapBuilder().withNewMetadata().withNamespace(key.namespace()).withName(key.name())
                .withLabels(labels).endMetadata().build();
    }
}
