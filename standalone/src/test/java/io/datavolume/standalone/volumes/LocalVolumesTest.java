package io.datavolume.standalone.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.event.EventWriter;
import io.datavolume.kubernetes.queue.LoopOptions;
import io.datavolume.kubernetes.queue.ReconcilerLoop;
import io.datavolume.standalone.local.LocalCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalVolumesTest {

    @TempDir
    private Path folder;
    private LocalCluster cluster;
    private EventWriter events;
    private final List<ReconcilerLoop> loops = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        cluster = LocalCluster.open(folder.resolve("state"), InstantSource.system());
        events = new EventWriter(cluster, Clock.systemUTC());
        LocalVolumes volumes = LocalVolumes.open(cluster, Optional.empty(), events);
        volumes.reconcilers().forEach(reconciler -> {
            ReconcilerLoop loop = new ReconcilerLoop(cluster, reconciler, LoopOptions.standard());
            loop.start();
            loops.add(loop);
        });
    }

    @AfterEach
    void close() {
        loops.forEach(ReconcilerLoop::close);
        events.close();
        cluster.close();
    }

    @Test
    void claimsAreBoundToFolders() throws Exception {
        PersistentVolumeClaim claim = cluster.create(Kinds.CLAIM, Claims.claim("c", "local", "1Gi"));
        PersistentVolumeClaim bound = awaitBound("c");
        PersistentVolume volume = volumeOf(bound);
        assertEquals("pvc-" + claim.getMetadata().getUid(), volume.getMetadata().getName());
        assertEquals("Bound", volume.getStatus().getPhase());
        assertEquals("Delete", volume.getSpec().getPersistentVolumeReclaimPolicy());
        assertEquals(claim.getSpec().getResources().getRequests(), bound.getStatus().getCapacity());
        assertTrue(Files.isDirectory(VolumePath.of(volume).orElseThrow()));
    }

    @Test
    void blockClaimsGetAFileOfExactlyTheirSizeThatTakesNoRoom() throws Exception {
        cluster.create(Kinds.CLAIM, new PersistentVolumeClaimBuilder(Claims.claim("c", "local", "1000001")).editSpec()
                .withVolumeMode("Block").endSpec().build());
        Path file = VolumePath.of(volumeOf(awaitBound("c"))).orElseThrow();
        assertEquals(1_000_001, Files.size(file));
    }

    @Test
    void claimsThatNoFilesystemCouldHoldAreNotProvisioned() throws Exception {
        cluster.create(Kinds.CLAIM, Claims.claim("c", "local", "1Ei"));
        await(Kinds.EVENT, all -> all.stream().anyMatch(e -> e.getReason().equals("ProvisioningFailed")
                && e.getMessage().contains("1152921504606846976 bytes are more than the filesystem of")));
    }

    @Test
    void claimsThatWaitAreBoundWhenANodeIsSelected() throws Exception {
        PersistentVolumeClaim claim = cluster.create(Kinds.CLAIM, Claims.claim("c", "local-wffc", "1Gi"));
        await(Kinds.EVENT, all -> all.stream().anyMatch(e -> e.getReason().equals("WaitForFirstConsumer")));
        cluster.patch(Kinds.CLAIM, Key.of(claim),
                Patch.of(claim).annotation("volume.kubernetes.io/selected-node", "local").build());
        awaitBound("c");
    }

    @Test
    void dataGoesWithItsClaim() throws Exception {
        cluster.create(Kinds.CLAIM, Claims.claim("c", "local", "1Gi"));
        PersistentVolumeClaim bound = awaitBound("c");
        Path data = VolumePath.of(volumeOf(bound)).orElseThrow();
        Files.writeString(data.resolve("disk.img"), "x");
        delete(bound);
        await(Kinds.VOLUME, List::isEmpty);
        assertFalse(Files.exists(data));
    }

    @Test
    void retainedVolumesKeepTheirData() throws Exception {
        cluster.create(Kinds.STORAGE_CLASS, Claims.storageClass("kept", "Immediate", "Retain"));
        cluster.create(Kinds.CLAIM, Claims.claim("c", "kept", "1Gi"));
        PersistentVolumeClaim bound = awaitBound("c");
        Path data = VolumePath.of(volumeOf(bound)).orElseThrow();
        delete(bound);
        await(Kinds.VOLUME, all -> all.stream().allMatch(v -> v.getStatus().getPhase().equals("Released")));
        PersistentVolume released = volumeOf(bound);
        cluster.delete(Kinds.VOLUME, Key.of(released), released.getMetadata().getUid());
        await(Kinds.VOLUME, List::isEmpty);
        assertTrue(Files.isDirectory(data));
    }

    @Test
    void volumesThatWereNotMadeHereAreNeverDeletedFromDisk() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        PersistentVolume sent = Claims.volume("mine", "static", "1Gi");
        sent.getSpec().getHostPath().setPath(mine.toString());
        sent.getSpec().setPersistentVolumeReclaimPolicy("Delete");
        cluster.create(Kinds.VOLUME, sent);
        cluster.create(Kinds.CLAIM, Claims.claim("c", "static", "1Gi"));
        PersistentVolumeClaim bound = awaitBound("c");
        assertEquals(Optional.of(mine), VolumePath.of(volumeOf(bound)));
        delete(bound);
        await(Kinds.VOLUME, all -> all.getFirst().getStatus().getPhase().equals("Failed"));
        assertTrue(Files.isDirectory(mine));
    }

    @Test
    void aVolumeThatIsKeptForAClaimWaitsForIt() throws Exception {
        cluster.create(Kinds.VOLUME, Claims.keptFor(Claims.volume("kept", "static", "1Gi"), "c", ""));
        await(Kinds.VOLUME, all -> all.getFirst().getStatus().getPhase().equals("Available"));
        cluster.create(Kinds.CLAIM, Claims.claim("other", "static", "1Gi"));
        PersistentVolumeClaim claim = cluster.create(Kinds.CLAIM, Claims.claim("c", "static", "1Gi"));
        assertEquals("kept", awaitBound("c").getSpec().getVolumeName());
        assertEquals(claim.getMetadata().getUid(), volumeOf(awaitBound("c")).getSpec().getClaimRef().getUid());
        assertEquals("Pending", cluster.get(Kinds.CLAIM, new Key("ns", "other")).orElseThrow().getStatus().getPhase());
    }

    @Test
    void aVolumeThatIsHandedOverBindsItsTargetAndTheOldClaimIsLost() throws Exception {
        PersistentVolumeClaim target = cluster.create(Kinds.CLAIM,
                new PersistentVolumeClaimBuilder(Claims.claim("target", "local", "1Gi")).editSpec()
                        .withNewDataSourceRef("cdi.kubevirt.io", "VolumeImportSource", "s", null).endSpec().build());
        cluster.create(Kinds.CLAIM, Claims.claim("prime", "local", "1Gi"));
        PersistentVolumeClaim prime = awaitBound("prime");
        PersistentVolume volume = volumeOf(prime);
        cluster.patch(Kinds.VOLUME, Key.of(volume), Patch.unchanged(volume).field(Map.of("apiVersion", "v1", "kind",
                "PersistentVolumeClaim", "namespace", "ns", "name", "target", "uid", target.getMetadata().getUid(),
                "resourceVersion", target.getMetadata().getResourceVersion()), "spec", "claimRef").build());
        assertEquals(volume.getMetadata().getName(), awaitBound("target").getSpec().getVolumeName());
        awaitClaim("prime", claim -> claim.getStatus().getPhase().equals("Lost"));
        delete(prime);
        await(Kinds.CLAIM, all -> all.size() == 1);
        assertEquals("Bound", volumeOf(awaitBound("target")).getStatus().getPhase());
        assertTrue(Files.exists(VolumePath.of(volume).orElseThrow()));
    }

    @Test
    void claimsStayUntilTheirPodIsGone() throws Exception {
        cluster.create(Kinds.CLAIM, Claims.claim("c", "local", "1Gi"));
        PersistentVolumeClaim bound = awaitBound("c");
        Pod pod = cluster.create(Kinds.POD, new PodBuilder().withNewMetadata().withNamespace("ns").withName("p")
                .endMetadata().withNewSpec().withNodeName("local").addNewContainer().withName("x").endContainer()
                .addNewVolume().withName("v").withNewPersistentVolumeClaim("c", false).endVolume().endSpec().build());
        delete(bound);
        awaitClaim("c", claim -> claim.getMetadata().getDeletionTimestamp() != null);
        for (ReconcilerLoop loop : loops) {
            assertTrue(loop.awaitIdle(Duration.ofSeconds(20)));
        }
        assertTrue(cluster.get(Kinds.CLAIM, Key.of(bound)).isPresent());
        cluster.delete(Kinds.POD, Key.of(pod), pod.getMetadata().getUid());
        cluster.ended(Kinds.POD, Key.of(pod), pod.getMetadata().getUid());
        await(Kinds.CLAIM, List::isEmpty);
    }

    private void delete(PersistentVolumeClaim claim) {
        cluster.delete(Kinds.CLAIM, Key.of(claim), claim.getMetadata().getUid());
    }

    private PersistentVolume volumeOf(PersistentVolumeClaim claim) {
        return cluster.get(Kinds.VOLUME, Key.cluster(claim.getSpec().getVolumeName())).orElseThrow();
    }

    private PersistentVolumeClaim awaitBound(String name) throws Exception {
        return awaitClaim(name, claim -> claim.getStatus().getPhase().equals("Bound"));
    }

    private PersistentVolumeClaim awaitClaim(String name, Predicate<PersistentVolumeClaim> wanted) throws Exception {
        Key key = new Key("ns", name);
        await(Kinds.CLAIM, all -> all.stream().anyMatch(claim -> Key.of(claim).equals(key) && wanted.test(claim)));
        return cluster.get(Kinds.CLAIM, key).orElseThrow();
    }

    private <T extends HasMetadata> void await(Kind<T> kind, Predicate<List<T>> wanted) throws Exception {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        Informer<T> informer = cluster.informer(kind);
        Informer.Registration registration = informer.listen((before, after) -> {
            if (wanted.test(informer.list())) {
                seen.complete(true);
            }
        });
        try (registration) {
            if (!wanted.test(informer.list())) {
                seen.get(20, TimeUnit.SECONDS);
            }
        }
    }
}
