package io.datavolume.scenarios.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.wire.Installer;
import io.datavolume.scratch.ScratchClaims;
import io.datavolume.scratch.ScratchClaims.Standing;
import io.datavolume.scratch.ScratchPlanner;
import io.datavolume.scratch.ScratchSettings;
import io.datavolume.standalone.local.LocalCluster;
import io.datavolume.storage.Overheads;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchClaimsTest {

    private static final ScratchSettings SETTINGS = new ScratchSettings(Optional.empty(), StorageClasses.of(List.of()),
            Overheads.NONE, Installer.NONE);
    private static final Key SCRATCH = new Key("space", "disk-scratch");

    @TempDir
    Path folder;

    private LocalCluster cluster;
    private ScratchClaims claims;
    private PersistentVolumeClaim target;

    @BeforeEach
    void start() throws IOException {
        cluster = LocalCluster.open(folder, Clock.systemUTC());
        claims = new ScratchClaims(cluster);
        target = cluster.create(Kinds.CLAIM, claim("disk"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void theClaimIsMadeOnceAndIsTheWorkers() {
        Pod worker = worker("importer-disk");
        assertEquals(Standing.READY, claims.ensure(plan(worker), worker));
        String uid = cluster.get(Kinds.CLAIM, SCRATCH).orElseThrow().getMetadata().getUid();
        assertEquals(Standing.READY, claims.ensure(plan(worker), worker));
        assertEquals(uid, cluster.get(Kinds.CLAIM, SCRATCH).orElseThrow().getMetadata().getUid());
    }

    @Test
    void aClaimOfSomebodyElseIsNeitherUsedNorDeleted() {
        cluster.create(Kinds.CLAIM, claim("disk-scratch"));
        Pod worker = worker("importer-disk");
        assertEquals(Standing.TAKEN, claims.ensure(plan(worker), worker));
        assertFalse(claims.delete(target, worker));
        assertTrue(cluster.get(Kinds.CLAIM, SCRATCH).isPresent());
    }

    @Test
    void theClaimIsDeletedWithItsWorkersWork() {
        Pod worker = worker("importer-disk");
        claims.ensure(plan(worker), worker);
        assertTrue(claims.delete(target, worker));
        assertTrue(isGoing());
        assertFalse(claims.delete(target, worker("importer-other")));
    }

    @Test
    void aClaimThatIsGoingAwayIsWaitedFor() {
        Pod worker = worker("importer-disk");
        PersistentVolumeClaim held = plan(worker);
        held.getMetadata().setFinalizers(List.of("example.com/hold"));
        cluster.create(Kinds.CLAIM, held);
        claims.delete(target, worker);
        assertEquals(Standing.TERMINATING, claims.ensure(plan(worker), worker));
    }

    private boolean isGoing() {
        return cluster.get(Kinds.CLAIM, SCRATCH).map(claim -> claim.getMetadata().getDeletionTimestamp() != null)
                .orElse(true);
    }

    private PersistentVolumeClaim plan(Pod worker) {
        return ScratchPlanner.claim(target, worker, 0, SETTINGS);
    }

    private Pod worker(String name) {
        return cluster.create(Kinds.POD,
                new PodBuilder().withNewMetadata().withNamespace("space").withName(name).endMetadata().withNewSpec()
                        .addNewContainer().withName("importer").withImage("importer").endContainer().endSpec()
                        .build());
    }

    private static PersistentVolumeClaim claim(String name) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withNamespace("space").withName(name).endMetadata()
                .withNewSpec().withAccessModes("ReadWriteOnce").withNewResources()
                .addToRequests("storage", new Quantity("1Gi")).endResources().endSpec().build();
    }
}
