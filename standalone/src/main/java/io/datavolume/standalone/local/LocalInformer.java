package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects of one kind, known as soon as they are written; listeners are told in order by one thread. */
final class LocalInformer<T extends HasMetadata> implements Informer<T>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalInformer.class);

    private final Kind<T> kind;
    private final Map<Key, T> objects = new HashMap<>();
    private final Map<String, Values<T>> indexes = new HashMap<>();
    private final List<Told<T>> listeners = new ArrayList<>();
    private final BlockingQueue<Runnable> tellings = new LinkedBlockingQueue<>();
    private final Thread teller;

    /** What an index found: values to keys. */
    private record Values<T extends HasMetadata>(Index<T> index, Map<String, Set<Key>> keys) {

        void add(Key key, T object) {
            index.values().apply(object).forEach(v -> keys.computeIfAbsent(v, x -> new LinkedHashSet<>()).add(key));
        }

        void remove(Key key, T object) {
            index.values().apply(object).forEach(v -> keys.computeIfPresent(v, (x, all) -> {
                all.remove(key);
                return all.isEmpty() ? null : all;
            }));
        }
    }

    /** A listener until it is closed; what is on its way then is not delivered. */
    private static final class Told<T extends HasMetadata> implements Registration {

        private final Listener<T> listener;
        private volatile boolean closed;

        Told(Listener<T> listener) {
            this.listener = listener;
        }

        void tell(Optional<T> before, Optional<T> after) {
            if (closed) {
                return;
            }
            try {
                listener.changed(before, after);
            } catch (RuntimeException e) {
                LOG.error("A listener failed to take a change", e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    LocalInformer(Kind<T> kind, List<T> there) {
        this.kind = kind;
        there.forEach(object -> objects.put(Key.of(object), object));
        this.teller = Thread.ofVirtual().name("informer-" + kind.plural()).start(this::tell);
    }

    /** Takes a change over; called in the order of writes. */
    void publishJson(Key key, Optional<byte[]> after) {
        publish(key, after.map(json -> Json.typed(kind, json)));
    }

    private synchronized void publish(Key key, Optional<T> after) {
        Optional<T> before = Optional
                .ofNullable(after.isPresent() ? objects.put(key, after.get()) : objects.remove(key));
        for (Values<T> values : indexes.values()) {
            before.ifPresent(object -> values.remove(key, object));
            after.ifPresent(object -> values.add(key, object));
        }
        listeners.removeIf(told -> told.closed);
        for (Told<T> told : listeners) {
            tellings.add(() -> told.tell(before, after));
        }
    }

    @Override
    public synchronized Optional<T> get(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public synchronized List<T> list() {
        return List.copyOf(objects.values());
    }

    @Override
    public synchronized List<T> find(Index<T> index, String value) {
        Values<T> values = indexes.get(index.name());
        if (values == null) {
            throw new IllegalArgumentException("index " + index.name() + " of " + kind + " was not made known");
        }
        return values.keys().getOrDefault(value, Set.of()).stream().map(objects::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized void index(Index<T> index) {
        if (!indexes.containsKey(index.name())) {
            Values<T> values = new Values<>(index, new TreeMap<>());
            objects.forEach(values::add);
            indexes.put(index.name(), values);
        }
    }

    @Override
    public synchronized Registration listen(Listener<T> listener) {
        List<T> there = new ArrayList<>(objects.values());
        Told<T> told = new Told<>(listener);
        tellings.add(() -> there.forEach(object -> told.tell(Optional.empty(), Optional.of(object))));
        listeners.add(told);
        return told;
    }

    private void tell() {
        try {
            while (true) {
                tellings.take().run();
            }
        } catch (InterruptedException e) {
            LOG.debug("informer of {} ends", kind);
        }
    }

    @Override
    public void close() {
        teller.interrupt();
    }
}
