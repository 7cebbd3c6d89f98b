package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.fail;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Phase;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One DataVolume's way through its phases, and somebody who waits for it. */
final class Story implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<Kind<?>> WATCHED = List.of(Kinds.DATA_VOLUME, Kinds.CLAIM, Kinds.POD, Kinds.VOLUME,
            Kinds.VOLUME_IMPORT_SOURCE, Kinds.EVENT);

    private final Cluster cluster;
    private final Key key;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Informer.Registration> registrations = new ArrayList<>();
    private final Object changed = new Object();
    private long changes;

    private Story(Cluster cluster, Key key) {
        this.cluster = cluster;
        this.key = key;
        WATCHED.forEach(this::watch);
        registrations.add(cluster.informer(Kinds.DATA_VOLUME).listen((before, after) -> after
                .filter(dataVolume -> Key.of(dataVolume).equals(key))
                .ifPresent(dataVolume -> note(dataVolume.phase()))));
    }

    /** Follows what has this name, which need not be there yet. */
    static Story of(Bed bed, String namespace, String name) {
        return new Story(bed.cluster(), new Key(namespace, name));
    }

    private void watch(Kind<?> kind) {
        registrations.add(cluster.informer(kind).listen((before, after) -> wake()));
    }

    private void note(Phase phase) {
        synchronized (changed) {
            if (phases.isEmpty() || phases.getLast() != phase) {
                phases.add(phase);
            }
            changed.notifyAll();
        }
    }

    private void wake() {
        synchronized (changed) {
            changes++;
            changed.notifyAll();
        }
    }

    /** Creates the object that a manifest tells of, in the story's namespace. */
    <T extends HasMetadata> T create(Kind<T> kind, String yaml) {
        T object = new KubernetesSerialization().unmarshal(yaml, kind.type());
        if (kind.namespaced()) {
            object.getMetadata().setNamespace(key.namespace());
        }
        return cluster.create(kind, object);
    }

    Key key() {
        return key;
    }

    DataVolume dataVolume() {
        return cluster.get(Kinds.DATA_VOLUME, key).orElseThrow();
    }

    PersistentVolumeClaim claim() {
        return cluster.get(Kinds.CLAIM, key).orElseThrow();
    }

    Condition condition(String type) {
        return dataVolume().condition(type).orElseThrow();
    }

    /** Phases in their order, each once while it lasts. */
    List<Phase> phases() {
        synchronized (changed) {
            return List.copyOf(phases);
        }
    }

    Phase phase() {
        return dataVolume().phase();
    }

    /** Reasons of the events about an object of that kind and the story's name. */
    List<String> reasons(Kind<?> about) {
        return events(about).stream().map(Event::getReason).distinct().toList();
    }

    List<Event> events(Kind<?> about) {
        return cluster.list(Kinds.EVENT, Selection.in(key.namespace())).stream()
                .filter(event -> about.name().equals(event.getInvolvedObject().getKind())
                        && key.name().equals(event.getInvolvedObject().getName()))
                .toList();
    }

    Story awaitPhase(Phase wanted) throws InterruptedException {
        return await("phase " + wanted, () -> cluster.get(Kinds.DATA_VOLUME, key)
                .filter(dataVolume -> dataVolume.phase() == wanted).isPresent());
    }

    Story awaitGone(Kind<?> kind) throws InterruptedException {
        return await("no " + kind + " is left", () -> cluster.list(kind, Selection.in(key.namespace())).isEmpty());
    }

    Story awaitEvent(Kind<?> about, String reason) throws InterruptedException {
        return await("event " + reason, () -> reasons(about).contains(reason));
    }

    Story awaitReason(String type, String reason) throws InterruptedException {
        return await("reason " + reason + " of " + type, () -> cluster.get(Kinds.DATA_VOLUME, key)
                .flatMap(dataVolume -> dataVolume.condition(type)).filter(c -> c.reason().equals(reason)).isPresent());
    }

    /** Waits until a condition holds, which is looked at again whenever something changes. */
    Story await(String condition, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (changed) {
            while (!holds.getAsBoolean()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    fail("it did not come to this: " + condition + "\n" + this);
                }
                // Events and what other clients see may come without a change here.
                changed.wait(Math.min(left, 500));
            }
        }
        return this;
    }

    /** Waits until anything changes, for at most this time. */
    void awaitChange(Duration atMost) throws InterruptedException {
        synchronized (changed) {
            long before = changes;
            long end = System.nanoTime() + atMost.toNanos();
            for (long left = atMost.toMillis(); changes == before && left > 0; left = (end - System.nanoTime())
                    / 1_000_000) {
                changed.wait(left);
            }
        }
    }

    void delete() {
        DataVolume dataVolume = dataVolume();
        cluster.delete(Kinds.DATA_VOLUME, key, dataVolume.getMetadata().getUid());
    }

    @Override
    public String toString() {
        Optional<DataVolume> dataVolume = cluster.get(Kinds.DATA_VOLUME, key);
        return "phases " + phases() + "\nstatus " + dataVolume.map(DataVolume::statusOrEmpty) + "\nclaims "
                + cluster.list(Kinds.CLAIM, Selection.in(key.namespace())) + "\npods "
                + cluster.list(Kinds.POD, Selection.in(key.namespace())) + "\nevents "
                + cluster.list(Kinds.EVENT, Selection.in(key.namespace())).stream()
                        .map(event -> event.getReason() + ": " + event.getMessage()).toList();
    }

    @Override
    public void close() {
        registrations.forEach(Informer.Registration::close);
    }
}
