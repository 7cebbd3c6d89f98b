package io.datavolume.scenarios.cluster;

import static org.junit.jupiter.api.Assertions.fail;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Somebody who waits for what others do to a cluster. */
public final class Changes implements AutoCloseable {

    /** Events, and what other clients write, may come without a change here. */
    private static final long LOOK_MILLIS = 500;

    private final List<Informer.Registration> registrations;
    private final Duration patience;
    private final Supplier<String> situation;
    private long count;

    /**
     * Begins to watch.
     *
     * @param watched kinds whose changes end a wait
     * @param patience after which a wait fails
     * @param situation what to say then
     */
    public Changes(Cluster cluster, List<Kind<?>> watched, Duration patience, Supplier<String> situation) {
        this.patience = patience;
        this.situation = situation;
        registrations = watched.stream().map(kind -> cluster.informer(kind).listen((before, after) -> tell()))
                .toList();
    }

    private synchronized void tell() {
        count++;
        notifyAll();
    }

    /** Waits until a condition holds, which is looked at again whenever a watched object changes. */
    public synchronized void await(String condition, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                fail("it did not come to this: " + condition + situation.get());
            }
            wait(Math.min(left, LOOK_MILLIS));
        }
    }

    /** Waits until anything changes, for at most this time. */
    public synchronized void awaitAny(Duration atMost) throws InterruptedException {
        long before = count;
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); count == before && left > 0; left = (end - System.nanoTime())
                / 1_000_000) {
            wait(left);
        }
    }

    @Override
    public void close() {
        registrations.forEach(Informer.Registration::close);
    }
}
