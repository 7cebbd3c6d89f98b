package io.datavolume.api.event;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps events, and nothing else; fails as it is told to. */
final class EventStore implements Cluster {

    final Deque<ClusterException> failures = new ArrayDeque<>();
    private final Map<Key, Event> events = new LinkedHashMap<>();
    private int uid;

    List<Event> events() {
        return List.copyOf(events.values());
    }

    void expire() {
        events.clear();
    }

    @Override
    public <T extends HasMetadata> T create(Kind<T> kind, T object) {
        fail();
        Event event = (Event) object;
        if (events.containsKey(Key.of(event))) {
            throw new ClusterException.AlreadyExists(Key.of(event).toString());
        }
        event.getMetadata().setUid("uid-" + ++uid);
        events.put(Key.of(event), event);
        return object;
    }

    @Override
    public <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch) {
        fail();
        Event event = events.get(key);
        if (event == null) {
            throw new ClusterException.NotFound(key.toString());
        }
        event.setCount((Integer) patch.body().get("count"));
        event.setLastTimestamp((String) patch.body().get("lastTimestamp"));
        return kind.type().cast(event);
    }

    private void fail() {
        ClusterException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
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
    public <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String of) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
