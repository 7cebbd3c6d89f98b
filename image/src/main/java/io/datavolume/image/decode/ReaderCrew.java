package io.datavolume.image.decode;

import java.io.IOException;

/** The readers of a random driver: as many as {@link Widening} wants. */
final class ReaderCrew {

    private final Pipeline threads;
    private final Pipeline.Task task;
    private final Widening widening;
    private int running;
    private int wanted;
    private long began = System.nanoTime();
    private long waited;
    private long bytes;

    /** @param task what a reader does until nothing is left or it {@link #leaves} */
    ReaderCrew(Pipeline threads, Pipeline.Task task, int first, int most) {
        this.threads = threads;
        this.task = task;
        this.widening = new Widening(first, most);
        this.wanted = first;
    }

    synchronized void start() throws IOException {
        while (running < wanted) {
            running++;
            threads.submit(task, () -> {});
        }
    }

    /** Bytes came, after a time of waiting in nanoseconds. */
    synchronized void came(long count, long nanos) throws IOException {
        bytes += count;
        waited += nanos;
        long now = System.nanoTime();
        if (now - began < Widening.PERIOD) {
            return;
        }
        wanted = widening.next(bytes, now - began, waited);
        began = now;
        waited = 0;
        bytes = 0;
        start();
    }

    /** Whether the reader that asks is one too many; it ends then. */
    synchronized boolean leaves() {
        if (running <= wanted) {
            return false;
        }
        running--;
        return true;
    }
}
