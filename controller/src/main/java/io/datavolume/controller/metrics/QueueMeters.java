package io.datavolume.controller.metrics;

import io.datavolume.kubernetes.queue.QueueMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How the queue of one reconciler does, under the names that dashboards of Kubernetes' controllers know. */
public final class QueueMeters implements QueueMetrics {

    private static final String NAME = "name";

    private final AtomicInteger waiting;
    private final Counter adds;
    private final Counter retries;
    private final Timer inLine;
    private final Timer work;

    /** @param reconciler whose queue it is */
    public QueueMeters(MeterRegistry registry, String reconciler) {
        waiting = new AtomicInteger();
        Gauge.builder("workqueue.depth", waiting, AtomicInteger::get).tag(NAME, reconciler).register(registry);
        adds = registry.counter("workqueue.adds", NAME, reconciler);
        retries = registry.counter("workqueue.retries", NAME, reconciler);
        inLine = registry.timer("workqueue.queue.duration", NAME, reconciler);
        work = registry.timer("workqueue.work.duration", NAME, reconciler);
    }

    @Override
    public void added(int depth) {
        adds.increment();
        waiting.set(depth);
    }

    @Override
    public void started(Duration waited, int depth) {
        inLine.record(waited);
        waiting.set(depth);
    }

    @Override
    public void finished(Duration worked) {
        work.record(worked);
    }

    @Override
    public void retried(Duration delay) {
        retries.increment();
    }
}
