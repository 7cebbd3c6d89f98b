package io.datavolume.standalone.local;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What readers see of the objects: answers, informers, logs. */
final class Reading implements AutoCloseable {

    private final StateFolder state;
    private final Tables tables;
    private final Map<String, LocalInformer<?>> informers = new ConcurrentHashMap<>();

    Reading(StateFolder state, Tables tables) {
        this.state = state;
        this.tables = tables;
    }

    static Ref ref(Kind<?> kind, Key key) {
        return new Ref(Names.resource(kind), key);
    }

    <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        return tables.get(ref(kind, key)).map(object -> Json.typed(kind, object.json()));
    }

    <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection) {
        return tables.all(Names.resource(kind)).stream()
                .filter(object -> selection.namespace().map(object.key().namespace()::equals).orElse(true)
                        && object.metadata().labels().entrySet().containsAll(selection.labels().entrySet()))
                .map(object -> Json.typed(kind, object.json())).toList();
    }

    /** To be called while nothing is written, so that no write falls between what there is and what is told. */
    @SuppressWarnings("unchecked") // a resource has one kind
    <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        return (Informer<T>) informers.computeIfAbsent(Names.resource(kind),
                resource -> new LocalInformer<>(kind, list(kind, Selection.ALL)));
    }

    /** Tells the informer of the kind; to be called in the order of writes. */
    void publish(Ref ref, Optional<Stored> after) {
        LocalInformer<?> informer = informers.get(ref.resource());
        if (informer != null) {
            informer.publishJson(ref.key(), after.map(Stored::json));
        }
    }

    Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        Optional<Stored> found = tables.get(ref(Kinds.POD, pod));
        if (found.isEmpty() || !Names.isLabel(container)) {
            return Optional.empty();
        }
        try {
            return PodLogFile.tail(state.podLog(found.get().metadata().uid(), container), tailLines, limitBytes);
        } catch (IOException e) {
            throw new ClusterException.Unavailable("Tried to read the log of " + pod + " but failed: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        informers.values().forEach(LocalInformer::close);
    }
}
