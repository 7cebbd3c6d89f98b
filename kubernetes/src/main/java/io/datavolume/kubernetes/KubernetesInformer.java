package io.datavolume.kubernetes;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what an API server's stream tells, and what this process wrote at once. A lost connection is opened again, and
 * what was missed is told then.
 */
final class KubernetesInformer<T extends HasMetadata> implements Informer<T>, ResourceEventHandler<T>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesInformer.class);

    /** Orders changes, and what listeners are told of them. */
    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectCache<T> cache = new ObjectCache<>();
    private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private final SharedIndexInformer<T> stream;

    /** @param patient whether a failure to begin is tried again too, as later ones always are */
    KubernetesInformer(SharedIndexInformer<T> stream, boolean patient) {
        this.stream = stream;
        stream.removeNamespaceIndex().exceptionHandler((started, failure) -> started || patient).addEventHandler(this);
    }

    /** Begins; done when all objects are known. */
    CompletionStage<Void> start() {
        return stream.start().thenCompose(started -> complete);
    }

    @Override
    public Optional<T> get(Key key) {
        return Optional.ofNullable(cache.get(key));
    }

    @Override
    public List<T> list() {
        return cache.list();
    }

    @Override
    public List<T> find(Index<T> index, String value) {
        List<T> found = new ArrayList<>();
        for (Key key : cache.indexes().find(index, value)) {
            T object = cache.get(key);
            // It may have changed since the key was found.
            if (object != null && IndexTable.values(index, object).contains(value)) {
                found.add(object);
            }
        }
        return found;
    }

    @Override
    public void index(Index<T> index) {
        lock.lock();
        try {
            cache.indexes().add(index, cache.list());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Registration listen(Listener<T> listener) {
        lock.lock();
        try {
            cache.list()
                    .forEach(object -> tell(listener, new ObjectCache.Change<>(Optional.empty(), Optional.of(object))));
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
        return () -> listeners.remove(listener);
    }

    /** Takes the server's answer to a write, so that what was written here is read here from now on. */
    void wrote(T object) {
        lock.lock();
        try {
            Slim.down(object);
            cache.wrote(object).ifPresent(this::tell);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onAdd(T object) {
        onStream(object);
    }

    @Override
    public void onUpdate(T before, T after) {
        onStream(after);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
        lock.lock();
        try {
            cache.gone(object).ifPresent(this::tell);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onList(@Nullable String version, boolean remaining) {
        lock.lock();
        try {
            cache.listed(version, key -> stream.getStore().getByKey(Cache.namespaceKeyFunc(
                    key.namespace().isEmpty() ? null : key.namespace(), key.name())) != null).forEach(this::tell);
        } finally {
            lock.unlock();
        }
        complete.complete(null);
    }

    @Override
    public void close() {
        stream.close();
    }

    private void onStream(T object) {
        lock.lock();
        try {
            Slim.down(object);
            cache.streamed(object).ifPresent(this::tell);
        } finally {
            lock.unlock();
        }
    }

    private void tell(ObjectCache.Change<T> change) {
        listeners.forEach(listener -> tell(listener, change));
    }

    private void tell(Listener<T> listener, ObjectCache.Change<T> change) {
        try {
            listener.changed(change.before(), change.after());
        } catch (RuntimeException e) {
            LOG.error("a listener of {} failed", stream.getApiTypeClass().getSimpleName(), e);
        }
    }
}
