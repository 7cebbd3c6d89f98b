package io.datavolume.scenarios.datavolume;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Phase;
import io.datavolume.scenarios.cluster.Changes;
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

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<Kind<?>> WATCHED = List.of(Kinds.DATA_VOLUME, Kinds.CLAIM, Kinds.POD, Kinds.VOLUME,
            Kinds.VOLUME_IMPORT_SOURCE, Kinds.EVENT);

    private final Cluster cluster;
    private final Key key;
    private final List<Phase> phases = new ArrayList<>();
    private final Informer.Registration noting;
    private final Changes changes;

    private Story(Cluster cluster, Key key) {
        this.cluster = cluster;
        this.key = key;
        // Before who waits is told, so that he finds the phase noted.
        noting = cluster.informer(Kinds.DATA_VOLUME).listen((before, after) -> after
                .filter(dataVolume -> Key.of(dataVolume).equals(key))
                .ifPresent(dataVolume -> note(dataVolume.phase())));
        changes = new Changes(cluster, WATCHED, PATIENCE, () -> "\n" + this);
    }

    /** Follows what has this name, which need not be there yet. */
    static Story of(Bed bed, String namespace, String name) {
        return new Story(bed.cluster(), new Key(namespace, name));
    }

    private synchronized void note(Phase phase) {
        if (phases.isEmpty() || phases.getLast() != phase) {
            phases.add(phase);
        }
    }

    /** The object that a manifest tells of, in this namespace. */
    static <T extends HasMetadata> T read(Kind<T> kind, String namespace, String yaml) {
        T object = YAML.unmarshal(yaml, kind.type());
        if (kind.namespaced()) {
            object.getMetadata().setNamespace(namespace);
        }
        return object;
    }

    /** Creates the object that a manifest tells of, in the story's namespace. */
    <T extends HasMetadata> T create(Kind<T> kind, String yaml) {
        return cluster.create(kind, read(kind, key.namespace(), yaml));
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
    synchronized List<Phase> phases() {
        return List.copyOf(phases);
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

    /** Waits until the claim of the story's name is bound. */
    Story awaitBound() throws InterruptedException {
        return await("the claim is bound", () -> "Bound".equals(claim().getStatus().getPhase()));
    }

    /** Waits until of all claims only the disk's is left. */
    Story awaitOneClaim() throws InterruptedException {
        return await("one claim is left", () -> cluster.list(Kinds.CLAIM, Selection.in(key.namespace())).size() == 1);
    }

    /** Waits until a condition holds, which is looked at again whenever something changes. */
    Story await(String condition, BooleanSupplier holds) throws InterruptedException {
        changes.await(condition, holds);
        return this;
    }

    /** Waits until anything changes, for at most this time. */
    void awaitChange(Duration atMost) throws InterruptedException {
        changes.awaitAny(atMost);
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
        noting.close();
        changes.close();
    }
}
