package io.datavolume.kubernetes.queue;

import java.time.Duration;

/** What a queue tells whoever measures it. Called under the queue's lock: must not block, nor call the queue. */
public interface QueueMetrics {

    /** Measures nothing. */
    QueueMetrics NONE = new QueueMetrics() {
    };

    /** A key was put in line; {@code depth} keys wait now. */
    default void added(int depth) {}

    /** Work on a key begins after it waited in line so long; {@code depth} keys wait now. */
    default void started(Duration waited, int depth) {}

    /** Work on a key took so long. */
    default void finished(Duration worked) {}

    /** A key is tried again after this delay: it failed, or met a conflict. */
    default void retried(Duration delay) {}
}
