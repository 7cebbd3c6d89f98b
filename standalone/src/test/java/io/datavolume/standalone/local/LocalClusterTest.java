package io.datavolume.standalone.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Index;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.v1beta1.DataVolume;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalClusterTest {

    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.678Z");

    @TempDir
    private Path folder;
    private LocalCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = LocalCluster.open(folder.resolve("state"), () -> NOW);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void createdObjectsGetTheirIdentityFromTheCluster() {
        ConfigMap created = cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        assertEquals("2030-01-02T03:04:05Z", created.getMetadata().getCreationTimestamp());
        assertFalse(created.getMetadata().getUid().isEmpty());
        assertEquals(created, cluster.get(Kinds.CONFIG_MAP, Objects.key("a")).orElseThrow());
        assertThrows(ClusterException.AlreadyExists.class, () -> cluster.create(Kinds.CONFIG_MAP, Objects.map("a")));
    }

    @Test
    void generatedNamesAreKubernetesNames() {
        ConfigMap wanted = new ConfigMapBuilder().withNewMetadata().withNamespace("ns").withGenerateName("event-")
                .endMetadata().build();
        String one = cluster.create(Kinds.CONFIG_MAP, wanted).getMetadata().getName();
        String other = cluster.create(Kinds.CONFIG_MAP, wanted).getMetadata().getName();
        assertTrue(one.matches("event-[bcdfghjklmnpqrstvwxz2456789]{5}"), one);
        assertNotEquals(one, other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "../a", "..", "a/b", "-a", "a.", "a..b", "ä", "a\n", "a\0"})
    void namesThatAreNoSubdomainsAreRefused(String name) {
        assertThrows(ClusterException.Invalid.class, () -> cluster.create(Kinds.CONFIG_MAP, Objects.map(name)));
        assertThrows(ClusterException.Invalid.class, () -> cluster.create(Kinds.CONFIG_MAP, new ConfigMapBuilder()
                .withNewMetadata().withName("a").withNamespace(name).endMetadata().build()));
    }

    @Test
    void namesMayHave253Characters() {
        String longest = "a".repeat(253);
        cluster.create(Kinds.CONFIG_MAP, Objects.map(longest));
        cluster.create(Kinds.CONFIG_MAP, Objects.map("a".repeat(252) + "b"));
        assertThrows(ClusterException.Invalid.class,
                () -> cluster.create(Kinds.CONFIG_MAP, Objects.map("a".repeat(254))));
        cluster.close();
        cluster = reopened();
        assertEquals(longest,
                cluster.get(Kinds.CONFIG_MAP, Objects.key(longest)).orElseThrow().getMetadata().getName());
        assertEquals(2, cluster.list(Kinds.CONFIG_MAP, Selection.in("ns")).size());
    }

    @Test
    void patchesThatMeetAnotherVersionOrObjectAreConflicts() {
        ConfigMap read = cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        Patch careful = Patch.unchanged(read).label("x", "1").build();
        cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), Patch.of(read).label("y", "2").build());
        assertThrows(ClusterException.Conflict.class,
                () -> cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), careful));
        cluster.delete(Kinds.CONFIG_MAP, Objects.key("a"), read.getMetadata().getUid());
        assertThrows(ClusterException.NotFound.class,
                () -> cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), careful));
        cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        assertThrows(ClusterException.Conflict.class, () -> cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"),
                Patch.of(read).label("x", "1").build()));
    }

    @Test
    void patchesThatChangeNothingAreNoWrites() {
        ConfigMap read = cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        Patch patch = Patch.of(read).label("x", "1").label("gone", null).build();
        ConfigMap once = cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), patch);
        ConfigMap twice = cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), patch);
        assertNotEquals(read.getMetadata().getResourceVersion(), once.getMetadata().getResourceVersion());
        assertEquals(once, twice);
    }

    @Test
    void whatTheClusterGaveCannotBeTakenAway() {
        ConfigMap read = cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        for (String field : List.of("name", "namespace", "creationTimestamp")) {
            assertThrows(ClusterException.Invalid.class, () -> cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"),
                    Patch.of(read).field("2001-01-01T00:00:00Z", "metadata", field).build()), field);
        }
        ConfigMap after = cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"),
                Patch.of(read).field(null, "metadata", "creationTimestamp").field(7, "metadata", "generation").build());
        assertEquals(read, after);
    }

    @Test
    void statusIsWrittenApart() {
        DataVolume sent = new DataVolume();
        sent.setMetadata(new ObjectMetaBuilder().withNamespace("ns").withName("dv").build());
        DataVolume created = cluster.create(Kinds.DATA_VOLUME, sent);
        assertEquals(1, created.getMetadata().getGeneration());
        Patch both = Patch.of(created).field("Succeeded", "status", "phase").field("high", "spec", "priorityClassName")
                .build();
        DataVolume main = cluster.patch(Kinds.DATA_VOLUME, Objects.key("dv"), both);
        assertNull(main.getStatus());
        assertEquals(2, main.getMetadata().getGeneration());
        DataVolume status = cluster.patchStatus(Kinds.DATA_VOLUME, Objects.key("dv"),
                Patch.of(created).field("Pending", "status", "phase").label("x", "y").build());
        assertEquals("Pending", status.statusOrEmpty().phase());
        assertEquals(2, status.getMetadata().getGeneration());
        assertNull(status.getMetadata().getLabels().get("x"));
    }

    @Test
    void finalizersHoldDeletedObjects() {
        ConfigMap read = cluster.create(Kinds.CONFIG_MAP,
                new ConfigMapBuilder(Objects.map("a")).editMetadata().addToFinalizers("x.io/f").endMetadata().build());
        String uid = read.getMetadata().getUid();
        assertTrue(cluster.delete(Kinds.CONFIG_MAP, Objects.key("a"), uid));
        assertTrue(cluster.delete(Kinds.CONFIG_MAP, Objects.key("a"), uid));
        assertEquals("2030-01-02T03:04:05Z",
                cluster.get(Kinds.CONFIG_MAP, Objects.key("a")).orElseThrow().getMetadata().getDeletionTimestamp());
        assertThrows(ClusterException.Invalid.class, () -> cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"),
                Patch.of(read).field(List.of("x.io/f", "x.io/g"), "metadata", "finalizers").build()));
        cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"),
                Patch.of(read).field(List.of(), "metadata", "finalizers").build());
        assertEquals(Optional.empty(), cluster.get(Kinds.CONFIG_MAP, Objects.key("a")));
        assertFalse(cluster.delete(Kinds.CONFIG_MAP, Objects.key("a"), uid));
    }

    @Test
    void deletingNeedsTheUid() {
        cluster.create(Kinds.CONFIG_MAP, Objects.map("a"));
        assertFalse(cluster.delete(Kinds.CONFIG_MAP, Objects.key("a"), "another"));
        assertTrue(cluster.get(Kinds.CONFIG_MAP, Objects.key("a")).isPresent());
    }

    @Test
    void whatIsOwnedGoesAfterItsLastOwner() throws Exception {
        ConfigMap one = cluster.create(Kinds.CONFIG_MAP, Objects.map("one"));
        ConfigMap other = cluster.create(Kinds.CONFIG_MAP, Objects.map("other"));
        ConfigMap owned = cluster.create(Kinds.CONFIG_MAP, Objects.ownedMap("owned", one, other));
        cluster.create(Kinds.CONFIG_MAP, Objects.ownedMap("grandchild", owned));
        cluster.delete(Kinds.CONFIG_MAP, Objects.key("one"), one.getMetadata().getUid());
        Objects.await(cluster, Kinds.CONFIG_MAP, Objects.key("owned"),
                o -> o.map(x -> x.getMetadata().getOwnerReferences().size() == 1).orElse(false));
        cluster.delete(Kinds.CONFIG_MAP, Objects.key("other"), other.getMetadata().getUid());
        Objects.await(cluster, Kinds.CONFIG_MAP, Objects.key("grandchild"), Optional::isEmpty);
        assertEquals(List.of(), cluster.list(Kinds.CONFIG_MAP, Selection.ALL));
    }

    @Test
    void whatIsOwnedGoesAfterARestartToo() throws Exception {
        ConfigMap owner = cluster.create(Kinds.CONFIG_MAP, Objects.map("owner"));
        cluster.close();
        cluster = reopened();
        // An owner that never was, as one that went just before the process ended.
        ConfigMap ghost = new ConfigMapBuilder(Objects.map("ghost")).editMetadata().withUid("gone").endMetadata()
                .build();
        cluster.create(Kinds.CONFIG_MAP, Objects.ownedMap("kept", owner));
        cluster.create(Kinds.CONFIG_MAP, Objects.ownedMap("orphan", ghost));
        Objects.await(cluster, Kinds.CONFIG_MAP, Objects.key("orphan"), Optional::isEmpty);
        assertTrue(cluster.get(Kinds.CONFIG_MAP, Objects.key("kept")).isPresent());
    }

    @Test
    void listsSelectByNamespaceAndLabels() {
        for (String name : List.of("a", "b")) {
            cluster.create(Kinds.CONFIG_MAP, new ConfigMapBuilder(Objects.map(name)).editMetadata()
                    .addToLabels("name", name).addToLabels("all", "").endMetadata().build());
        }
        assertEquals(2, cluster.list(Kinds.CONFIG_MAP, new Selection(Optional.of("ns"), Map.of("all", ""))).size());
        assertEquals(1, cluster.list(Kinds.CONFIG_MAP, new Selection(Optional.empty(), Map.of("name", "a"))).size());
        assertEquals(0, cluster.list(Kinds.CONFIG_MAP, Selection.in("other")).size());
    }

    @Test
    void informersTellInOrderWhatThereIsAndWhatChanges() throws Exception {
        cluster.create(Kinds.CONFIG_MAP, Objects.map("first"));
        Informer<ConfigMap> informer = cluster.informer(Kinds.CONFIG_MAP);
        List<String> told = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(4);
        informer.listen((before, after) -> {
            told.add(before.map(x -> x.getMetadata().getName()).orElse("-") + " "
                    + after.map(x -> x.getMetadata().getName() + x.getData()).orElse("-"));
            done.countDown();
        });
        ConfigMap second = cluster.create(Kinds.CONFIG_MAP, Objects.map("second"));
        cluster.patch(Kinds.CONFIG_MAP, Objects.key("second"), Patch.of(second).field("1", "data", "a").build());
        assertEquals("1", informer.get(Objects.key("second")).orElseThrow().getData().get("a"));
        cluster.delete(Kinds.CONFIG_MAP, Objects.key("second"), second.getMetadata().getUid());
        assertTrue(done.await(20, java.util.concurrent.TimeUnit.SECONDS));
        assertEquals(List.of("- first{}", "- second{}", "second second{a=1}", "second -"), told);
    }

    @Test
    void indexesFollowChanges() {
        Index<ConfigMap> index = new Index<>("value", map -> map.getData().values());
        Informer<ConfigMap> informer = cluster.informer(Kinds.CONFIG_MAP);
        ConfigMap made = cluster.create(Kinds.CONFIG_MAP,
                new ConfigMapBuilder(Objects.map("a")).addToData("k", "x").build());
        informer.index(index);
        informer.index(index);
        assertEquals(1, informer.find(index, "x").size());
        cluster.patch(Kinds.CONFIG_MAP, Objects.key("a"), Patch.of(made).field("y", "data", "k").build());
        assertEquals(0, informer.find(index, "x").size());
        assertEquals(1, informer.find(index, "y").size());
        cluster.delete(Kinds.CONFIG_MAP, Objects.key("a"), made.getMetadata().getUid());
        assertEquals(0, informer.find(index, "y").size());
    }

    @Test
    void claimsAreCompletedAsByTheApiServer() {
        cluster.create(Kinds.STORAGE_CLASS, new StorageClassBuilder().withNewMetadata().withName("fast")
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true").endMetadata()
                .withProvisioner("p").build());
        PersistentVolumeClaim claim = cluster.create(Kinds.CLAIM, claim("c"));
        assertEquals("fast", claim.getSpec().getStorageClassName());
        assertEquals("Filesystem", claim.getSpec().getVolumeMode());
        assertEquals("Pending", claim.getStatus().getPhase());
        assertEquals(List.of("kubernetes.io/pvc-protection"), claim.getMetadata().getFinalizers());
        assertEquals(new Quantity("1Gi"), claim.getSpec().getResources().getRequests().get("storage"));
        assertThrows(ClusterException.Invalid.class, () -> cluster.patch(Kinds.CLAIM, Objects.key("c"),
                Patch.of(claim).field("Block", "spec", "volumeMode").build()));
        cluster.patch(Kinds.CLAIM, Objects.key("c"), Patch.of(claim).field("pv", "spec", "volumeName").build());
        assertThrows(ClusterException.Invalid.class, () -> cluster.patch(Kinds.CLAIM, Objects.key("c"),
                Patch.of(claim).field("other", "spec", "volumeName").build()));
    }

    @Test
    void secretsKeepWhatWasGivenAsText() {
        cluster.create(Kinds.SECRET,
                new SecretBuilder().withNewMetadata().withNamespace("ns").withName("s").endMetadata()
                        .addToStringData("k", "v").build());
        assertEquals(Map.of("k", "dg=="), cluster.get(Kinds.SECRET, Objects.key("s")).orElseThrow().getData());
    }

    @Test
    void podsThatRunLiveUntilTheirNodeHasEndedThem() {
        var pod = cluster.create(Kinds.POD, new PodBuilder().withNewMetadata().withNamespace("ns").withName("p")
                .endMetadata().withNewSpec().withNodeName("local").addNewContainer().withName("c").endContainer()
                .endSpec().build());
        Key key = Objects.key("p");
        String uid = pod.getMetadata().getUid();
        cluster.delete(Kinds.POD, key, uid);
        assertEquals(30, cluster.get(Kinds.POD, key).orElseThrow().getMetadata().getDeletionGracePeriodSeconds());
        cluster.patch(Kinds.POD, key, Patch.of(pod).label("still", "there").build());
        assertTrue(cluster.get(Kinds.POD, key).isPresent());
        assertTrue(cluster.ended(Kinds.POD, key, uid));
        assertFalse(cluster.get(Kinds.POD, key).isPresent());
    }

    @Test
    void objectsThatAreTooLargeLeaveNothing() {
        String large = "x".repeat(2 << 20);
        assertThrows(ClusterException.Invalid.class, () -> cluster.create(Kinds.CONFIG_MAP,
                new ConfigMapBuilder(Objects.map("a")).addToData("k", large).build()));
        assertFalse(cluster.get(Kinds.CONFIG_MAP, Objects.key("a")).isPresent());
    }

    private LocalCluster reopened() {
        try {
            return LocalCluster.open(folder.resolve("state"), () -> NOW);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static PersistentVolumeClaim claim(String name) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withNamespace("ns").withName(name).endMetadata()
                .withNewSpec().withAccessModes("ReadWriteOnce").withNewResources()
                .addToRequests("storage", new Quantity("1Gi")).endResources().endSpec().build();
    }
}
