package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster in one process and one state folder. Writes are seen by everyone when they return, and outlive the process;
 * they outlive the machine a moment later, or when {@link #sync} returns. What {@link #get} and {@link #list} return
 * belongs to the caller.
 */
public final class LocalCluster implements Cluster {

    private static final int NAME_ATTEMPTS = 8;

    private final StateFolder state;
    private final Store store;
    private final Generated generated;
    private final GarbageCollector collector;
    private final Reading reading;

    private LocalCluster(StateFolder state, Store store, Generated generated) {
        this.state = state;
        this.store = store;
        this.generated = generated;
        this.reading = new Reading(state, store.tables());
        this.collector = new GarbageCollector(store.tables(), new GarbageCollector.Actions() {
            @Override
            public void delete(Stored object) {
                remove(object.ref(), object.metadata().uid());
            }

            @Override
            public void disown(Stored object, List<String> ownerUids) {
                LocalCluster.this.disown(object, ownerUids);
            }
        });
    }

    /**
     * Opens a state folder, or begins one.
     *
     * @param clock tells the time that stands in objects
     * @throws io.datavolume.image.failure.NeedsUserException with reason TARGET when another process writes there
     */
    public static LocalCluster open(Path folder, InstantSource clock) throws IOException {
        return open(folder, Generated.with(clock));
    }

    static LocalCluster open(Path folder, Generated generated) throws IOException {
        StateFolder state = StateFolder.open(folder);
        try {
            LocalCluster cluster = new LocalCluster(state, Store.open(state), generated);
            cluster.collector.start();
            return cluster;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** Where it keeps everything. */
    public StateFolder state() {
        return state;
    }

    /** Returns when all writes so far outlive the machine: before something is done about them outside. */
    public void sync() {
        store.sync();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Kind<T> kind, Key key) {
        return reading.get(kind, key);
    }

    @Override
    public <T extends HasMetadata> List<T> list(Kind<T> kind, Selection selection) {
        return reading.list(kind, selection);
    }

    @Override
    public <T extends HasMetadata> T create(Kind<T> kind, T object) {
        ObjectNode sent = NewObject.of(kind, object);
        String resource = Names.resource(kind);
        Admissions.of(resource).create(sent, this::defaultClass);
        return store.alone(() -> {
            for (int attempt = 1;; attempt++) {
                ObjectNode tree = sent.deepCopy();
                Ref ref = new Ref(resource, NewObject.complete(kind, tree, generated));
                Optional<Stored> there = store.tables().get(ref);
                if (there.isEmpty()) {
                    Json.typed(kind, tree); // what cannot be read back is refused before it is kept
                    return Json.typed(kind, put(ref, tree).json());
                }
                if (!Json.text(sent, "metadata", "name").isEmpty() || attempt == NAME_ATTEMPTS) {
                    String prefix = there.get().metadata().deleting() ? "object is being deleted: " : "";
                    throw new ClusterException.AlreadyExists(
                            prefix + resource + " \"" + ref.key().name() + "\" already exists");
                }
            }
        });
    }

    @Override
    public <T extends HasMetadata> T patch(Kind<T> kind, Key key, Patch patch) {
        return change(kind, key, patch, false);
    }

    @Override
    public <T extends HasMetadata> T patchStatus(Kind<T> kind, Key key, Patch patch) {
        return change(kind, key, patch, true);
    }

    private <T extends HasMetadata> T change(Kind<T> kind, Key key, Patch patch, boolean statusOnly) {
        JsonNode body = Json.patch(patch.body());
        return store.alone(() -> {
            Ref ref = Reading.ref(kind, key);
            Stored before = store.tables().get(ref).orElseThrow(() -> new ClusterException.NotFound(
                    ref.resource() + " \"" + key.name() + "\" not found"));
            ObjectNode was = before.tree();
            ObjectNode is = ChangedObject.of(kind, was, body, statusOnly);
            Admissions.of(ref.resource()).update(was, is);
            T typed = Json.typed(kind, is);
            if (is.equals(was)) {
                return typed;
            }
            if (Deletion.isDue(is)) {
                remove(before);
                return typed;
            }
            return Json.typed(kind, put(ref, is).json());
        });
    }

    @Override
    public <T extends HasMetadata> boolean delete(Kind<T> kind, Key key, String uid) {
        return remove(Reading.ref(kind, key), uid);
    }

    /**
     * Whoever runs a deleted object has ended it: it need not wait for the rest of its grace period.
     *
     * @return false if it was gone already
     */
    public <T extends HasMetadata> boolean ended(Kind<T> kind, Key key, String uid) {
        return store.alone(() -> {
            Optional<Stored> found = store.tables().get(Reading.ref(kind, key))
                    .filter(o -> o.metadata().uid().equals(uid));
            found.ifPresent(object -> Deletion.ended(object.tree()).ifPresentOrElse(rest -> {
                if (!rest.equals(object.tree())) {
                    put(object.ref(), rest);
                }
            }, () -> remove(object)));
            return found.isPresent();
        });
    }

    private boolean remove(Ref ref, String uid) {
        return store.alone(() -> {
            Optional<Stored> found = store.tables().get(ref).filter(o -> o.metadata().uid().equals(uid));
            if (found.isPresent() && !found.get().metadata().deleting()) {
                ObjectNode tree = found.get().tree();
                long grace = Admissions.of(ref.resource()).graceSeconds(tree);
                Deletion.begin(tree, grace, generated).ifPresentOrElse(rest -> put(ref, rest),
                        () -> remove(found.get()));
            }
            return found.isPresent();
        });
    }

    private void disown(Stored object, List<String> ownerUids) {
        store.alone(() -> {
            Optional<Stored> now = store.tables().get(object.ref())
                    .filter(o -> o.metadata().uid().equals(object.metadata().uid()));
            now.map(Stored::tree).ifPresent(tree -> {
                if (tree.path("metadata").path("ownerReferences") instanceof ArrayNode owners) {
                    owners.removeIf(owner -> ownerUids.contains(Json.text(owner, "uid")));
                    Metadata.tidy(Json.child(tree, "metadata"));
                    put(object.ref(), tree);
                }
            });
            return now.isPresent();
        });
    }

    private Stored put(Ref ref, ObjectNode tree) {
        Stored object = store.put(ref, tree);
        reading.publish(ref, Optional.of(object));
        collector.changed(object);
        return object;
    }

    private void remove(Stored object) {
        store.remove(object.ref());
        reading.publish(object.ref(), Optional.empty());
        collector.removed(object);
    }

    @Override
    public <T extends HasMetadata> Informer<T> informer(Kind<T> kind) {
        return store.alone(() -> reading.informer(kind));
    }

    @Override
    public Optional<String> podLog(Key pod, String container, int tailLines, int limitBytes) {
        return reading.podLog(pod, container, tailLines, limitBytes);
    }

    private Optional<String> defaultClass() {
        return StorageClasses.of(list(Kinds.STORAGE_CLASS, Selection.ALL)).kubernetesDefault()
                .map(found -> found.getMetadata().getName());
    }

    @Override
    public void close() {
        collector.close();
        reading.close();
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to write the objects of " + state.root()
                    + " into files but failed; they stand in its journal", e);
        }
    }
}
