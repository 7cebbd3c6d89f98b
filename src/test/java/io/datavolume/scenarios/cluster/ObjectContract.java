package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.CLUSTER_SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.clusterSample;
import static io.datavolume.scenarios.cluster.Samples.field;
import static io.datavolume.scenarios.cluster.Samples.named;
import static io.datavolume.scenarios.cluster.Samples.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Selection;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, listing, creating. */
interface ObjectContract extends ContractBase {

    @Test
    default void whatIsNotThereIsEmpty() {
        assertTrue(cluster().get(SAMPLE, key("none")).isEmpty());
        assertTrue(cluster().get(Kinds.CONFIG_MAP, key("none")).isEmpty());
        assertTrue(cluster().list(SAMPLE, Selection.in(namespace())).isEmpty());
    }

    @Test
    default void whatWasCreatedIsReadAsItWasMeant() {
        var metadata = named(key("a")).withLabels(Map.of("app", "x")).withAnnotations(Map.of("note", "ü\n\"")).build();
        GenericKubernetesResource created = cluster().create(SAMPLE, sample(metadata));
        assertNotNull(created.getMetadata().getUid());
        assertNotNull(created.getMetadata().getResourceVersion());
        assertNotNull(created.getMetadata().getCreationTimestamp());
        GenericKubernetesResource read = read("a");
        assertEquals(ContractBase.uid(created), ContractBase.uid(read));
        assertEquals(ContractBase.version(created), ContractBase.version(read));
        assertEquals(Map.of("app", "x"), read.getMetadata().getLabels());
        assertEquals("ü\n\"", read.getMetadata().getAnnotations().get("note"));
        assertEquals(Map.of("kept", "yes", "list", List.of(1, 2, 3)), read.getAdditionalProperties().get("spec"));
        assertEquals("Sample", read.getKind());
        assertEquals("test.datavolume.io/v1", read.getApiVersion());
    }

    @Test
    default void objectsOfBuiltInKindsAreTyped() {
        cluster().create(Kinds.CONFIG_MAP, new ConfigMapBuilder().withMetadata(named(key("c")).build())
                .withData(Map.of("k", "v")).build());
        ConfigMap read = cluster().get(Kinds.CONFIG_MAP, key("c")).orElseThrow();
        assertEquals(Map.of("k", "v"), read.getData());
    }

    @Test
    default void theVersionOfAnObjectIsToldWithoutItsContents() {
        var created = cluster().create(Kinds.CONFIG_MAP, new ConfigMapBuilder().withMetadata(named(key("v")).build())
                .withData(Map.of("k", "v")).build());
        assertEquals(Optional.of(created.getMetadata().getResourceVersion()),
                cluster().version(Kinds.CONFIG_MAP, key("v")));
        assertEquals(Optional.empty(), cluster().version(Kinds.CONFIG_MAP, key("none")));
    }

    @Test
    default void kindsWithoutNamespacesHaveTheirObjectsOnce() {
        Key key = Key.cluster(namespace());
        GenericKubernetesResource created = cluster().create(CLUSTER_SAMPLE, clusterSample(key.name()));
        assertNull(created.getMetadata().getNamespace());
        assertEquals(ContractBase.uid(created), ContractBase.uid(cluster().get(CLUSTER_SAMPLE, key).orElseThrow()));
        assertTrue(cluster().list(CLUSTER_SAMPLE, Selection.ALL).stream().anyMatch(o -> Key.of(o).equals(key)));
        assertTrue(cluster().delete(CLUSTER_SAMPLE, key, ContractBase.uid(created)));
    }

    @Test
    default void aListHoldsOneNamespaceOrAll() {
        created("a");
        created("b");
        assertEquals(Set.of("a", "b"), names(Selection.in(namespace())));
        assertTrue(names(Selection.in("another-namespace")).isEmpty());
        assertTrue(cluster().list(SAMPLE, Selection.ALL).stream().map(Key::of).toList()
                .containsAll(List.of(key("a"), key("b"))));
    }

    @Test
    default void aListHoldsWhatHasAllLabels() {
        cluster().create(SAMPLE, sample(named(key("both")).withLabels(Map.of("app", "x", "tier", "y")).build()));
        cluster().create(SAMPLE, sample(named(key("one")).withLabels(Map.of("app", "x")).build()));
        cluster().create(SAMPLE, sample(named(key("other")).withLabels(Map.of("app", "z", "tier", "y")).build()));
        created("none");
        assertEquals(Set.of("both"), names(selection(Map.of("app", "x", "tier", "y"))));
        assertEquals(Set.of("both", "one"), names(selection(Map.of("app", "x"))));
        assertEquals(Set.of(), names(selection(Map.of("app", "y"))));
    }

    @Test
    default void aNameThatIsTakenIsRefused() {
        GenericKubernetesResource first = created("a");
        assertThrows(ClusterException.AlreadyExists.class, () -> created("a"));
        assertEquals(ContractBase.uid(first), ContractBase.uid(read("a")));
    }

    @Test
    default void namesAreMadeFromAPrefix() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            ObjectMeta metadata = new ObjectMetaBuilder().withNamespace(namespace()).withGenerateName("disk-").build();
            String name = cluster().create(SAMPLE, sample(metadata)).getMetadata().getName();
            assertTrue(name.startsWith("disk-") && name.length() > "disk-".length(), name);
            names.add(name);
        }
        assertEquals(5, names.size());
        assertEquals(names, names(Selection.in(namespace())));
    }

    @Test
    default void statusIsDroppedOnCreationWhereItIsApart() {
        GenericKubernetesResource sent = sample(key("a"));
        sent.setAdditionalProperty("status", Map.of("phase", "Done"));
        assertNull(field(cluster().create(SAMPLE, sent), "status", "phase"));
        assertNull(field(read("a"), "status", "phase"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upper", "under_score", "-dash", "dash-", ".dot", "two..dots", "a/b", "ü", "a b", "..",
        "*"})
    default void namesThatAreNoneAreRefused(String name) {
        assertThrows(ClusterException.Invalid.class, () -> created(name));
        assertTrue(names(Selection.in(namespace())).isEmpty());
    }

    @Test
    default void anObjectWithoutNameOrPrefixIsRefused() {
        var metadata = new ObjectMetaBuilder().withNamespace(namespace()).build();
        assertThrows(ClusterException.Invalid.class, () -> cluster().create(SAMPLE, sample(metadata)));
    }

    @Test
    default void anObjectWithoutTheNamespaceOfItsKindIsRefused() {
        var metadata = new ObjectMetaBuilder().withName("a").build();
        assertThrows(ClusterException.Invalid.class, () -> cluster().create(SAMPLE, sample(metadata)));
    }

    @Test
    default void aLabelThatIsNoneIsRefused() {
        var metadata = named(key("a")).withLabels(Map.of("app", "no spaces please")).build();
        assertThrows(ClusterException.Invalid.class, () -> cluster().create(SAMPLE, sample(metadata)));
    }

    @Test
    default void aNameMayHave253CharactersAndNoMore() {
        String longest = "a".repeat(253);
        assertEquals(longest, created(longest).getMetadata().getName());
        assertEquals(longest, read(longest).getMetadata().getName());
        assertThrows(ClusterException.Invalid.class, () -> created(longest + "a"));
        assertTrue(cluster().delete(SAMPLE, key(longest), ContractBase.uid(read(longest))));
    }

    @Test
    default void whatIsReturnedBelongsToTheCaller() {
        created("a").getMetadata().setLabels(Map.of("changed", "here"));
        read("a").getMetadata().setLabels(Map.of("changed", "here"));
        assertFalse(Optional.ofNullable(read("a").getMetadata().getLabels()).orElse(Map.of()).containsKey("changed"));
    }

    @Test
    default void anObjectThatComesAgainIsAnother() {
        GenericKubernetesResource first = created("a");
        assertTrue(cluster().delete(SAMPLE, key("a"), ContractBase.uid(first)));
        assertNotEquals(ContractBase.uid(first), ContractBase.uid(created("a")));
    }

    private Set<String> names(Selection selection) {
        Set<String> names = new HashSet<>();
        cluster().list(SAMPLE, selection).forEach(object -> names.add(object.getMetadata().getName()));
        return names;
    }

    private Selection selection(Map<String, String> labels) {
        return new Selection(Optional.of(namespace()), labels);
    }
}
