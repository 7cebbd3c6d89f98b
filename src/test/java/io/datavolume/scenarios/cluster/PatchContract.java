package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.field;
import static io.datavolume.scenarios.cluster.Samples.named;
import static io.datavolume.scenarios.cluster.Samples.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Merge patches of objects and of their status, and what they presuppose. */
interface PatchContract extends ContractBase {

    @Test
    default void aPatchChangesWhatItNamesAndNothingElse() {
        var metadata = named(key("a")).withLabels(Map.of("app", "x")).withAnnotations(Map.of("n", "1")).build();
        GenericKubernetesResource before = cluster().create(SAMPLE, sample(metadata));
        GenericKubernetesResource after = cluster().patch(SAMPLE, key("a"),
                Patch.of(before).annotation("more", "2").label("tier", "y").field("new", "spec", "added").build());
        assertNotEquals(ContractBase.version(before), ContractBase.version(after));
        for (GenericKubernetesResource object : List.of(after, read("a"))) {
            assertEquals(ContractBase.version(after), ContractBase.version(object));
            assertEquals(ContractBase.uid(before), ContractBase.uid(object));
            assertEquals(Map.of("app", "x", "tier", "y"), object.getMetadata().getLabels());
            assertEquals(Map.of("n", "1", "more", "2"), object.getMetadata().getAnnotations());
            assertEquals("yes", field(object, "spec", "kept"));
            assertEquals("new", field(object, "spec", "added"));
        }
    }

    @Test
    default void nullRemoves() {
        var metadata = named(key("a")).withLabels(Map.of("app", "x", "tier", "y")).build();
        GenericKubernetesResource before = cluster().create(SAMPLE, sample(metadata));
        cluster().patch(SAMPLE, key("a"), Patch.of(before).label("tier", null).field(null, "spec", "kept").build());
        assertEquals(Map.of("app", "x"), read("a").getMetadata().getLabels());
        assertNull(field(read("a"), "spec", "kept"));
    }

    @Test
    default void listsAreReplacedWhole() {
        GenericKubernetesResource before = created("a");
        cluster().patch(SAMPLE, key("a"), Patch.unchanged(before).field(List.of(9), "spec", "list").build());
        assertEquals(List.of(9), field(read("a"), "spec", "list"));
    }

    @Test
    default void aPatchThatChangesNothingMakesNoNewVersion() {
        GenericKubernetesResource before = created("a");
        GenericKubernetesResource after = cluster().patch(SAMPLE, key("a"),
                Patch.of(before).field("yes", "spec", "kept").label("none", null).build());
        assertEquals(ContractBase.version(before), ContractBase.version(after));
    }

    @Test
    default void aPatchForAnotherObjectOfThatNameIsAConflict() {
        GenericKubernetesResource gone = created("a");
        cluster().delete(SAMPLE, key("a"), ContractBase.uid(gone));
        GenericKubernetesResource now = created("a");
        Patch patch = Patch.of(gone).annotation("n", "1").build();
        assertThrows(ClusterException.Conflict.class, () -> cluster().patch(SAMPLE, key("a"), patch));
        Patch status = Patch.of(gone).field("Done", "status", "phase").build();
        assertThrows(ClusterException.Conflict.class, () -> cluster().patchStatus(SAMPLE, key("a"), status));
        assertEquals(ContractBase.version(now), ContractBase.version(read("a")));
    }

    @Test
    default void aPatchForAnotherBuiltInObjectOfThatNameIsAConflict() {
        var map = new ConfigMapBuilder().withMetadata(named(key("a")).build()).build();
        var gone = cluster().create(Kinds.CONFIG_MAP, map);
        cluster().delete(Kinds.CONFIG_MAP, key("a"), ContractBase.uid(gone));
        cluster().create(Kinds.CONFIG_MAP, map);
        Patch patch = Patch.of(gone).field("v", "data", "k").build();
        assertThrows(ClusterException.Conflict.class, () -> cluster().patch(Kinds.CONFIG_MAP, key("a"), patch));
    }

    @Test
    default void aPatchOfWhatHasChangedSinceIsAConflict() {
        GenericKubernetesResource before = created("a");
        GenericKubernetesResource now = cluster().patch(SAMPLE, key("a"),
                Patch.of(before).annotation("n", "1").build());
        Patch patch = Patch.unchanged(before).annotation("n", "2").build();
        assertThrows(ClusterException.Conflict.class, () -> cluster().patch(SAMPLE, key("a"), patch));
        Patch status = Patch.unchanged(before).field("Done", "status", "phase").build();
        assertThrows(ClusterException.Conflict.class, () -> cluster().patchStatus(SAMPLE, key("a"), status));
        assertEquals(ContractBase.version(now), ContractBase.version(read("a")));
        cluster().patch(SAMPLE, key("a"), Patch.unchanged(now).annotation("n", "2").build());
        assertEquals("2", read("a").getMetadata().getAnnotations().get("n"));
    }

    @Test
    default void aPatchOfWhatIsGoneFindsNothing() {
        GenericKubernetesResource gone = created("a");
        cluster().delete(SAMPLE, key("a"), ContractBase.uid(gone));
        Patch patch = Patch.of(gone).annotation("n", "1").build();
        assertThrows(ClusterException.NotFound.class, () -> cluster().patch(SAMPLE, key("a"), patch));
        assertThrows(ClusterException.NotFound.class, () -> cluster().patchStatus(SAMPLE, key("a"), patch));
    }

    @Test
    default void aPatchLeavesStatusAlone() {
        GenericKubernetesResource before = created("a");
        GenericKubernetesResource with = cluster().patchStatus(SAMPLE, key("a"),
                Patch.of(before).field("Running", "status", "phase").build());
        cluster().patch(SAMPLE, key("a"),
                Patch.of(with).field("Done", "status", "phase").field("1", "spec", "added").build());
        assertEquals("Running", field(read("a"), "status", "phase"));
        assertEquals("1", field(read("a"), "spec", "added"));
    }

    @Test
    default void aPatchOfStatusLeavesTheRestAlone() {
        GenericKubernetesResource before = created("a");
        GenericKubernetesResource after = cluster().patchStatus(SAMPLE, key("a"), Patch.unchanged(before)
                .field("Done", "status", "phase").field("no", "spec", "kept").label("app", "no").build());
        assertEquals("Done", field(after, "status", "phase"));
        assertEquals("Done", field(read("a"), "status", "phase"));
        assertEquals("yes", field(read("a"), "spec", "kept"));
        assertTrue(read("a").getMetadata().getLabels() == null || read("a").getMetadata().getLabels().isEmpty());
        cluster().patchStatus(SAMPLE, key("a"), Patch.of(before).field("100%", "status", "progress").build());
        assertEquals("Done", field(read("a"), "status", "phase"));
    }

    @Test
    default void aPatchCannotMakeAnObjectInvalid() {
        GenericKubernetesResource before = created("a");
        Patch patch = Patch.of(before).label("app", "no spaces please").build();
        assertThrows(ClusterException.Invalid.class, () -> cluster().patch(SAMPLE, key("a"), patch));
    }

    @Test
    default void patchesFromManyThreadsLoseNothing() throws Exception {
        GenericKubernetesResource object = created("a");
        Map<String, String> expected = new ConcurrentHashMap<>();
        together(8, thread -> {
            for (int i = 0; i < 5; i++) {
                String name = "n" + thread + "-" + i;
                untilNoConflict(
                        () -> cluster().patch(SAMPLE, key("a"), Patch.of(object).annotation(name, "x").build()));
                expected.put(name, "x");
            }
        });
        assertEquals(expected, read("a").getMetadata().getAnnotations());
    }

    @Test
    default void countingFromManyThreadsLosesNothing() throws Exception {
        GenericKubernetesResource object = created("a");
        cluster().patchStatus(SAMPLE, key("a"), Patch.of(object).field(0, "status", "count").build());
        together(8, thread -> {
            for (int i = 0; i < 5; i++) {
                untilNoConflict(() -> {
                    GenericKubernetesResource now = read("a");
                    int count = field(now, "status", "count") instanceof Number number ? number.intValue() : -1;
                    return cluster().patchStatus(SAMPLE, key("a"),
                            Patch.unchanged(now).field(count + 1, "status", "count").build());
                });
            }
        });
        assertEquals(40, field(read("a"), "status", "count"));
    }

    /** Work of one of several threads. */
    interface Work {
        void run(int thread) throws Exception;
    }

    private static void together(int threads, Work work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(executor.submit(() -> {
                    work.run(thread);
                    return thread;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private static void untilNoConflict(Callable<?> write) throws Exception {
        for (int i = 0; i < 1000; i++) {
            try {
                write.call();
                return;
            } catch (ClusterException.Conflict e) {
                // Somebody else's turn: read and decide again.
            }
        }
        throw new AssertionError("1000 conflicts in a row");
    }
}
