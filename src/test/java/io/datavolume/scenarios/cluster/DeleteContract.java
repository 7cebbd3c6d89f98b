package io.datavolume.scenarios.cluster;

import static io.datavolume.scenarios.cluster.Samples.CLUSTER_SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.SAMPLE;
import static io.datavolume.scenarios.cluster.Samples.clusterSample;
import static io.datavolume.scenarios.cluster.Samples.named;
import static io.datavolume.scenarios.cluster.Samples.owner;
import static io.datavolume.scenarios.cluster.Samples.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletion: of the right object, held up by finalizers, followed by what the object owned. */
interface DeleteContract extends ContractBase {

    String FINALIZER = "test.datavolume.io/hold";

    @Test
    default void onlyTheObjectThatIsMeantIsDeleted() {
        GenericKubernetesResource object = created("a");
        assertFalse(cluster().delete(SAMPLE, key("a"), UUID.randomUUID().toString()));
        assertEquals(ContractBase.version(object), ContractBase.version(read("a")));
        assertTrue(cluster().delete(SAMPLE, key("a"), ContractBase.uid(object)));
        assertTrue(cluster().get(SAMPLE, key("a")).isEmpty());
        assertFalse(cluster().delete(SAMPLE, key("a"), ContractBase.uid(object)));
    }

    @Test
    default void anObjectWithAFinalizerLivesOnUntilThatIsRemoved() {
        GenericKubernetesResource object = held("a");
        assertTrue(cluster().delete(SAMPLE, key("a"), ContractBase.uid(object)));
        GenericKubernetesResource deleted = read("a");
        assertNotNull(deleted.getMetadata().getDeletionTimestamp());
        assertEquals(List.of(FINALIZER), deleted.getMetadata().getFinalizers());
        assertThrows(ClusterException.AlreadyExists.class, () -> created("a"));
        assertTrue(cluster().delete(SAMPLE, key("a"), ContractBase.uid(object)));
        cluster().patch(SAMPLE, key("a"), Patch.of(deleted).annotation("n", "still patched").build());

        release("a");
        assertTrue(cluster().get(SAMPLE, key("a")).isEmpty());
    }

    @Test
    default void anObjectThatIsBeingDeletedGetsNoNewFinalizer() {
        GenericKubernetesResource object = held("a");
        cluster().delete(SAMPLE, key("a"), ContractBase.uid(object));
        Patch patch = Patch.unchanged(read("a"))
                .field(List.of(FINALIZER, "test.datavolume.io/late"), "metadata", "finalizers").build();
        assertThrows(ClusterException.Invalid.class, () -> cluster().patch(SAMPLE, key("a"), patch));
        release("a");
    }

    @Test
    default void whatIsOwnedGoesAfterItsOwner() throws InterruptedException {
        GenericKubernetesResource owner = created("owner");
        GenericKubernetesResource child = owned("child", owner);
        owned("grandchild", child);
        cluster().create(Kinds.CONFIG_MAP, new ConfigMapBuilder()
                .withMetadata(named(key("map")).withOwnerReferences(owner(owner)).build()).build());
        cluster().delete(SAMPLE, key("owner"), ContractBase.uid(owner));
        awaitGone("child");
        awaitGone("grandchild");
        Recorder.await(cluster(), Kinds.CONFIG_MAP, key("map"), Optional::isEmpty);
    }

    @Test
    default void anOwnerWithoutNamespaceOwnsObjectsInOne() throws InterruptedException {
        GenericKubernetesResource owner = cluster().create(CLUSTER_SAMPLE, clusterSample(namespace()));
        owned("child", owner);
        cluster().delete(CLUSTER_SAMPLE, Key.cluster(namespace()), ContractBase.uid(owner));
        awaitGone("child");
    }

    @Test
    default void whatHasSeveralOwnersGoesAfterTheLast() throws InterruptedException {
        GenericKubernetesResource one = created("one");
        GenericKubernetesResource two = created("two");
        owned("child", one, two);
        GenericKubernetesResource later = created("later");
        cluster().delete(SAMPLE, key("one"), ContractBase.uid(one));
        owned("canary", later);
        cluster().delete(SAMPLE, key("later"), ContractBase.uid(later));
        awaitGone("canary");
        assertTrue(cluster().get(SAMPLE, key("child")).isPresent());
        cluster().delete(SAMPLE, key("two"), ContractBase.uid(two));
        awaitGone("child");
    }

    @Test
    default void whatIsCreatedForAnOwnerThatIsGoneGoesToo() throws InterruptedException {
        GenericKubernetesResource gone = created("owner");
        cluster().delete(SAMPLE, key("owner"), ContractBase.uid(gone));
        owned("child", gone);
        awaitGone("child");
    }

    @Test
    default void anotherObjectOfTheOwnersNameIsNotTheOwner() throws InterruptedException {
        GenericKubernetesResource gone = created("owner");
        cluster().delete(SAMPLE, key("owner"), ContractBase.uid(gone));
        created("owner");
        owned("child", gone);
        awaitGone("child");
        assertTrue(cluster().get(SAMPLE, key("owner")).isPresent());
    }

    @Test
    default void anOwnerWithAFinalizerKeepsWhatItOwnsUntilItGoes() throws InterruptedException {
        GenericKubernetesResource owner = held("owner");
        owned("child", owner);
        cluster().delete(SAMPLE, key("owner"), ContractBase.uid(owner));
        GenericKubernetesResource later = created("later");
        owned("canary", later);
        cluster().delete(SAMPLE, key("later"), ContractBase.uid(later));
        awaitGone("canary");
        assertTrue(cluster().get(SAMPLE, key("child")).isPresent());
        release("owner");
        awaitGone("child");
    }

    @Test
    default void anOwnerWithoutUidIsRefused() {
        GenericKubernetesResource owner = created("owner");
        var reference = new OwnerReferenceBuilder(owner(owner)).withUid("").build();
        var metadata = named(key("child")).withOwnerReferences(reference).build();
        assertThrows(ClusterException.Invalid.class, () -> cluster().create(SAMPLE, sample(metadata)));
    }

    private GenericKubernetesResource held(String name) {
        return cluster().create(SAMPLE, sample(named(key(name)).withFinalizers(FINALIZER).build()));
    }

    private void release(String name) {
        cluster().patch(SAMPLE, key(name),
                Patch.unchanged(read(name)).field(List.of(), "metadata", "finalizers").build());
    }

    private GenericKubernetesResource owned(String name, HasMetadata... owners) {
        var metadata = named(key(name))
                .withOwnerReferences(Arrays.stream(owners).map(Samples::owner).toList()).build();
        return cluster().create(SAMPLE, sample(metadata));
    }

    private void awaitGone(String name) throws InterruptedException {
        Recorder.await(cluster(), SAMPLE, key(name), Optional::isEmpty);
    }
}
