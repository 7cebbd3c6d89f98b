package io.datavolume.scenarios.cluster;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What an informer tells, in order, of one namespace or one object. */
final class Recorder<T extends HasMetadata> implements AutoCloseable {

    /** How long a real cluster may take for what it does by itself: generous, since a machine may be busy. */
    private static final long PATIENCE_SECONDS = 120;

    /** One call of a listener. */
    record Change<T>(Optional<T> before, Optional<T> after) {}

    private final BlockingQueue<Change<T>> changes = new LinkedBlockingQueue<>();
    private final Informer.Registration registration;

    Recorder(Cluster cluster, Kind<T> kind, Predicate<Key> wanted) {
        registration = cluster.informer(kind).listen((before, after) -> {
            if (wanted.test(Key.of(after.or(() -> before).orElseThrow()))) {
                changes.add(new Change<>(before, after));
            }
        });
    }

    static <T extends HasMetadata> Recorder<T> of(Cluster cluster, Kind<T> kind, String namespace) {
        return new Recorder<>(cluster, kind, key -> key.namespace().equals(namespace));
    }

    /** Waits until an object is as wanted, or gone. */
    static <T extends HasMetadata> void await(Cluster cluster, Kind<T> kind, Key key, Predicate<Optional<T>> wanted)
            throws InterruptedException {
        try (Recorder<T> recorder = new Recorder<>(cluster, kind, key::equals)) {
            Optional<T> now = cluster.informer(kind).get(key);
            while (!wanted.test(now)) {
                now = recorder.next().after();
            }
        }
    }

    Change<T> next() throws InterruptedException {
        Change<T> next = changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing changed within " + PATIENCE_SECONDS + " s");
        }
        return next;
    }

    /** Whether anything was told that was not asked for yet. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    @Override
    public void close() {
        registration.close();
    }
}
