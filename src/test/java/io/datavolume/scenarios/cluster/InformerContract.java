package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.CLUSTER_SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.clusterSample;
import static io.datavolume.scenarios.cluster.Samples.field;
import static io.datavolume.scenarios.cluster.Samples.named;
import static io.datavolume.scenarios.cluster.Samples.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What informers know and tell. */
interface InformerContract extends ContractBase {

    Index<GenericKubernetesResource> BY_APP = new Index<>("contract-app",
            object -> Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get("app")).stream()
                    .toList());

    @Test
    default void anInformerIsCompleteWhenItIsThere() {
        created("a");
        Informer<GenericKubernetesResource> informer = cluster().informer(SAMPLE);
        assertEquals("a", informer.get(key("a")).orElseThrow().getMetadata().getName());
        assertTrue(informer.get(key("b")).isEmpty());
        assertTrue(informer.list().stream().anyMatch(object -> Key.of(object).equals(key("a"))));
    }

    @Test
    default void anInformerKnowsAtOnceWhatWasWrittenHere() {
        Informer<GenericKubernetesResource> informer = cluster().informer(SAMPLE);
        for (int i = 0; i < 20; i++) {
            String name = "n" + i;
            GenericKubernetesResource object = created(name);
            assertEquals(ContractBase.version(object), ContractBase.version(informer.get(key(name)).orElseThrow()));
            object = cluster().patch(SAMPLE, key(name), Patch.of(object).annotation("n", "1").build());
            assertEquals(ContractBase.version(object), ContractBase.version(informer.get(key(name)).orElseThrow()));
            object = cluster().patchStatus(SAMPLE, key(name), Patch.of(object).field("x", "status", "phase").build());
            assertEquals(ContractBase.version(object), ContractBase.version(informer.get(key(name)).orElseThrow()));
        }
    }

    @Test
    default void aListenerHearsOfEachChangeWithBeforeAndAfter() throws InterruptedException {
        try (Recorder<GenericKubernetesResource> recorder = Recorder.of(cluster(), SAMPLE, namespace())) {
            GenericKubernetesResource object = created("a");
            Recorder.Change<GenericKubernetesResource> added = recorder.next();
            assertTrue(added.before().isEmpty());
            assertEquals(ContractBase.uid(object), ContractBase.uid(added.after().orElseThrow()));

            cluster().patchStatus(SAMPLE, key("a"), Patch.of(object).field("Done", "status", "phase").build());
            Recorder.Change<GenericKubernetesResource> changed = recorder.next();
            assertEquals(ContractBase.version(object), ContractBase.version(changed.before().orElseThrow()));
            assertEquals("Done", field(changed.after().orElseThrow(), "status", "phase"));

            cluster().delete(SAMPLE, key("a"), ContractBase.uid(object));
            Recorder.Change<GenericKubernetesResource> gone = recorder.next();
            assertEquals("Done", field(gone.before().orElseThrow(), "status", "phase"));
            assertTrue(gone.after().isEmpty());
            assertTrue(cluster().informer(SAMPLE).get(key("a")).isEmpty());
        }
    }

    @Test
    default void aDeletionThatIsHeldUpIsAChange() throws InterruptedException {
        GenericKubernetesResource object = cluster().create(SAMPLE,
                sample(named(key("a")).withFinalizers("test.datavolume.io/hold").build()));
        try (Recorder<GenericKubernetesResource> recorder = Recorder.of(cluster(), SAMPLE, namespace())) {
            recorder.next();
            cluster().delete(SAMPLE, key("a"), ContractBase.uid(object));
            GenericKubernetesResource deleting = recorder.next().after().orElseThrow();
            assertNotNull(deleting.getMetadata().getDeletionTimestamp());
            cluster().patch(SAMPLE, key("a"),
                    Patch.unchanged(deleting).field(List.of(), "metadata", "finalizers").build());
            assertTrue(recorder.next().after().isEmpty());
        }
    }

    @Test
    default void aListenerThatComesLateHearsOfAllThereIs() throws InterruptedException {
        cluster().informer(SAMPLE);
        Set<Key> expected = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            expected.add(Key.of(created("n" + i)));
        }
        Set<Key> heard = new HashSet<>();
        try (Recorder<GenericKubernetesResource> recorder = Recorder.of(cluster(), SAMPLE, namespace())) {
            while (heard.size() < expected.size()) {
                Recorder.Change<GenericKubernetesResource> change = recorder.next();
                assertTrue(change.before().isEmpty());
                heard.add(Key.of(change.after().orElseThrow()));
            }
        }
        assertEquals(expected, heard);
    }

    @Test
    default void aListenerThatIsClosedHearsNothing() throws InterruptedException {
        try (Recorder<GenericKubernetesResource> open = Recorder.of(cluster(), SAMPLE, namespace())) {
            Recorder<GenericKubernetesResource> closed = Recorder.of(cluster(), SAMPLE, namespace());
            closed.close();
            created("a");
            open.next();
            assertTrue(closed.isEmpty());
        }
    }

    @Test
    default void aListenerThatFailsDisturbsNoOther() throws InterruptedException {
        var failing = cluster().informer(SAMPLE).listen((before, after) -> {
            throw new IllegalStateException("defect of a listener");
        });
        try (Recorder<GenericKubernetesResource> other = Recorder.of(cluster(), SAMPLE, namespace())) {
            created("a");
            assertEquals(key("a"), Key.of(other.next().after().orElseThrow()));
        } finally {
            failing.close();
        }
    }

    @Test
    default void objectsAreFoundByTheValuesOfAnIndex() throws InterruptedException {
        String app = namespace();
        GenericKubernetesResource first = cluster().create(SAMPLE, labelled("first", app));
        Informer<GenericKubernetesResource> informer = cluster().informer(SAMPLE);
        informer.index(BY_APP);
        informer.index(BY_APP);
        cluster().create(SAMPLE, labelled("second", app));
        created("none");
        assertEquals(Set.of("first", "second"), found(app));

        cluster().patch(SAMPLE, key("first"), Patch.of(first).label("app", app + "-other").build());
        assertEquals(Set.of("second"), found(app));
        assertEquals(Set.of("first"), found(app + "-other"));

        cluster().delete(SAMPLE, key("first"), ContractBase.uid(first));
        Recorder.await(cluster(), SAMPLE, key("first"), Optional::isEmpty);
        assertEquals(Set.of(), found(app + "-other"));
    }

    @Test
    default void objectsWithoutNamespaceAreToldOf() throws InterruptedException {
        Key key = Key.cluster(namespace());
        try (var recorder = new Recorder<>(cluster(), CLUSTER_SAMPLE, key::equals)) {
            GenericKubernetesResource object = cluster().create(CLUSTER_SAMPLE, clusterSample(key.name()));
            assertEquals(ContractBase.uid(object), ContractBase.uid(recorder.next().after().orElseThrow()));
            assertTrue(cluster().informer(CLUSTER_SAMPLE).get(key).isPresent());
            cluster().delete(CLUSTER_SAMPLE, key, ContractBase.uid(object));
            assertTrue(recorder.next().after().isEmpty());
        }
    }

    /** Each change begins where the last one of the object ended, and the last is what the cluster holds. */
    @Test
    default void changesFormAChainWithoutGaps() throws Exception {
        try (Recorder<GenericKubernetesResource> recorder = Recorder.of(cluster(), SAMPLE, namespace())) {
            List<Future<?>> writers = new ArrayList<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 4; i++) {
                    String name = "n" + i;
                    writers.add(executor.submit(() -> {
                        GenericKubernetesResource object = created(name);
                        for (int n = 0; n < 10; n++) {
                            object = cluster().patch(SAMPLE, key(name),
                                    Patch.of(object).annotation("n", "" + n).build());
                        }
                        cluster().delete(SAMPLE, key(name), ContractBase.uid(object));
                        return created(name);
                    }));
                }
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            Map<Key, GenericKubernetesResource> seen = new HashMap<>();
            Set<Key> unfinished = new HashSet<>(Set.of(key("n0"), key("n1"), key("n2"), key("n3")));
            while (!unfinished.isEmpty()) {
                Recorder.Change<GenericKubernetesResource> change = recorder.next();
                Key key = Key.of(change.after().or(change::before).orElseThrow());
                assertEquals(Optional.ofNullable(seen.get(key)).map(ContractBase::version),
                        change.before().map(ContractBase::version));
                change.after().ifPresentOrElse(object -> seen.put(key, object), () -> seen.remove(key));
                if (change.after().map(ContractBase::version)
                        .equals(cluster().get(SAMPLE, key).map(ContractBase::version))) {
                    unfinished.remove(key);
                }
            }
        }
    }

    private GenericKubernetesResource labelled(String name, String app) {
        return sample(named(key(name)).withLabels(Map.of("app", app)).build());
    }

    private Set<String> found(String app) {
        Set<String> names = new HashSet<>();
        cluster().informer(SAMPLE).find(BY_APP, app).forEach(object -> names.add(object.getMetadata().getName()));
        return names;
    }
}
