package io.datavolume.kubernetes.queue;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one part of a cluster that a loop itself uses: an informer, to which a test tells the changes. */
final class OneInformer implements Cluster, Informer<HasMetadata> {

    private final Map<Key, HasMetadata> objects = new LinkedHashMap<>();
    private final List<Listener<HasMetadata>> listeners = new ArrayList<>();

    synchronized void put(HasMetadata object) {
        HasMetadata before = objects.put(Key.of(object), object);
        tell(before, object);
    }

    synchronized void remove(Key key) {
        tell(objects.remove(key), null);
    }

    synchronized int listeners() {
        return listeners.size();
    }

    private void tell(@Nullable HasMetadata before, @Nullable HasMetadata after) {
        listeners.forEach(l -> l.changed(Optional.ofNullable(before), Optional.ofNullable(after)));
    }

    @Override
    @SuppressWarnings("unchecked") // the tests use one kind
    public <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        return (Informer<T>) this;
    }

    @Override
    public synchronized Registration listen(Listener<HasMetadata> listener) {
        objects.values().forEach(object -> listener.changed(Optional.empty(), Optional.of(object)));
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
    }

    @Override
    public synchronized Optional<HasMetadata> get(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public List<HasMetadata> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<HasMetadata> find(Index<HasMetadata> index, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void index(Index<HasMetadata> index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> T create(Kind<T> kind, T object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String uid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
