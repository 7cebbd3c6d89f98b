package io.datavolume.kubernetes.queue;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.reconcile.Outcome;
import io.datavolume.api.reconcile.Reconciler;
import io.datavolume.api.reconcile.Trigger;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Calls a reconciler for each object that its triggers name, on any cluster: once for all there are, then whenever one
 * changes, and again after what it asked for or what went wrong. Starts once, stops once.
 */
public final class ReconcilerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerLoop.class);

    private final Cluster cluster;
    private final Reconciler reconciler;
    private final LoopOptions options;
    private final WorkQueue queue;
    private final AtomicLong runs = new AtomicLong();
    private final List<Informer.Registration> registrations = new ArrayList<>();
    private final List<Thread> workers = new ArrayList<>();

    public ReconcilerLoop(Cluster cluster, Reconciler reconciler, LoopOptions options) {
        this.cluster = cluster;
        this.reconciler = reconciler;
        this.options = options;
        this.queue = new WorkQueue(options.time(), options.backoff(), options.limit(), options.chance(),
                options.metrics());
    }

    /**
     * Starts. Work begins when the informers of all triggers are complete.
     *
     * @throws ClusterException when an informer cannot be had; then nothing runs
     */
    public synchronized void start() {
        if (!workers.isEmpty()) {
            throw new IllegalStateException(reconciler.name() + " runs already");
        }
        try {
            reconciler.triggers().forEach(this::listen);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        reconciler.atStart().forEach(queue::add);
        for (int i = 0; i < options.workers(); i++) {
            workers.add(Thread.ofVirtual().name(reconciler.name() + "-" + i).start(this::work));
        }
    }

    /** Has the object looked at soon, for a reason that no trigger knows. */
    public void wake(Key key) {
        queue.add(key);
    }

    /**
     * Whether all is done that can be done now: nothing waits in line, is in work, or is to be tried again. Objects may
     * still wait for a time that their reconciler asked for, and changes may be on their way from the cluster.
     */
    public boolean isIdle() {
        return queue.isIdle();
    }

    /** Waits in real time until {@link #isIdle}; says whether it came to that. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return queue.awaitIdle(atMost);
    }

    /** How often the reconciler was called: equal before and after a look at other loops means that nothing moved. */
    public long runs() {
        return runs.get();
    }

    /** Stops: nothing new begins, what runs is interrupted and waited for. */
    @Override
    public synchronized void close() {
        queue.shutDown();
        registrations.forEach(Informer.Registration::close);
        registrations.clear();
        workers.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread worker : workers) {
            interrupted |= !joined(worker);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joined(Thread worker) {
        try {
            worker.join();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private <T extends HasMetadata> void listen(Trigger<T> trigger) {
        registrations.add(cluster.informer(trigger.kind()).listen((before, after) -> {
            before.ifPresent(object -> addAll(trigger, object));
            after.ifPresent(object -> addAll(trigger, object));
        }));
    }

    private <T extends HasMetadata> void addAll(Trigger<T> trigger, T object) {
        try {
            trigger.keys().apply(object).forEach(queue::add);
        } catch (RuntimeException e) {
            // One strange object must not end the informer for all.
            LOG.error("{}: cannot tell which objects {} {} concerns", reconciler.name(), trigger.kind(), Key.of(object),
                    e);
        }
    }

    private void work() {
        try {
            for (Key key = queue.take(); key != null; key = queue.take()) {
                MDC.put("object", key.toString());
                MDC.put("run", reconciler.name() + "#" + runs.incrementAndGet());
                reconcile(key);
                MDC.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: stopped", reconciler.name());
        }
    }

    private void reconcile(Key key) {
        Outcome outcome;
        try {
            outcome = reconciler.reconcile(key);
        } catch (ClusterException.Conflict e) {
            Duration delay = queue.conflicted(key);
            LOG.debug("{} {}: changed meanwhile, again in {} ms: {}", reconciler.name(), key, delay.toMillis(),
                    e.getMessage());
            return;
        } catch (ClusterException e) {
            Duration delay = queue.failed(key);
            LOG.warn("{} {}: {}; again in {} ms", reconciler.name(), key, e.getMessage(), delay.toMillis());
            return;
        } catch (Throwable e) { // an Error too must neither end the worker nor leave the key in work for ever
            Duration delay = queue.failed(key);
            LOG.error("{} {}: unexpected failure; again in {} ms", reconciler.name(), key, delay.toMillis(), e);
            return;
        }
        outcome.again().ifPresent(delay -> queue.addAfter(key, delay));
        queue.succeeded(key);
    }
}
