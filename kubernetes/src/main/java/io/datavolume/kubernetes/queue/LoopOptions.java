package io.datavolume.kubernetes.queue;

import java.util.random.RandomGenerator;

/**
 * How a {@link ReconcilerLoop} works.
 *
 * @param workers keys in work at once, 1 or more
 */
public record LoopOptions(int workers, TimeSource time, Backoff backoff, RateLimit limit, RandomGenerator chance,
        QueueMetrics metrics) {

    public LoopOptions {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers do no work");
        }
    }

    /** Four workers, delays as Kubernetes' own controllers have them, nothing measured. */
    public static LoopOptions standard() {
        return new LoopOptions(4, TimeSource.SYSTEM, Backoff.DEFAULT, RateLimit.DEFAULT,
                RandomGenerator.of("L64X128MixRandom"), QueueMetrics.NONE);
    }

    public LoopOptions withWorkers(int count) {
        return new LoopOptions(count, time, backoff, limit, chance, metrics);
    }

    public LoopOptions withTime(TimeSource source) {
        return new LoopOptions(workers, source, backoff, limit, chance, metrics);
    }

    public LoopOptions withMetrics(QueueMetrics told) {
        return new LoopOptions(workers, time, backoff, limit, chance, told);
    }
}
