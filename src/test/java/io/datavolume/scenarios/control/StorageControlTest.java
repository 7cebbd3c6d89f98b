package io.datavolume.scenarios.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.event.EventWriter;
import io.datavolume.api.snapshot.VolumeSnapshotClass;
import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.datavolume.api.wire.Installer;
import io.datavolume.controller.config.CdiConfigReconciler;
import io.datavolume.controller.config.ConfigView;
import io.datavolume.controller.profile.StorageProfileReconciler;
import io.datavolume.standalone.local.LocalCluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StorageControlTest {

    private static final Key CONFIG = Key.cluster("config");
    private static final Key FAST = Key.cluster("fast");
    private static final String ROOK = "rook-ceph.rbd.csi.ceph.com";

    @TempDir
    Path folder;

    private LocalCluster cluster;
    private EventWriter events;
    private Control control;

    @BeforeEach
    void start() throws IOException {
        cluster = LocalCluster.open(folder, Clock.systemUTC());
        events = new EventWriter(cluster, Clock.systemUTC());
        Installer installer = new Installer("kubevirt", "1.0");
        control = new Control(cluster,
                List.of(Kinds.STORAGE_PROFILE, Kinds.CDI_CONFIG, Kinds.STORAGE_CLASS, Kinds.EVENT),
                new CdiConfigReconciler(cluster, installer), new StorageProfileReconciler(cluster, installer,
                        events.recorder("storageprofile-controller"), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        control.close();
        events.close();
        cluster.close();
    }

    @Test
    void everyStorageClassHasAProfileThatGoesWithIt() throws InterruptedException {
        storageClass("plain", "example.com/disks");
        StorageProfile profile = profiled("fast", ROOK);
        assertEquals(List.of("ReadWriteMany"), profile.getStatus().claimPropertySets().getFirst().accessModes());
        assertEquals("True", profile.getStatus().conditions().getFirst().status());
        assertEquals("containerized-data-importer", profile.getMetadata().getLabels().get("app"));
        assertEquals("", profile.getMetadata().getLabels().get("cdi.kubevirt.io"));
        assertEquals("kubevirt", profile.getMetadata().getLabels().get("app.kubernetes.io/part-of"));
        awaitProfile(Key.cluster("plain"),
                status -> status.conditions().getFirst().reason().equals("UnrecognizedProvisioner"));

        cluster.delete(Kinds.STORAGE_CLASS, FAST,
                cluster.get(Kinds.STORAGE_CLASS, FAST).orElseThrow().getMetadata().getUid());
        control.await("the profile goes with its class", () -> profile(FAST).isEmpty());
        assertTrue(profile(Key.cluster("plain")).isPresent());
    }

    @Test
    void whatAnAdministratorWritesInAProfileStaysAndCounts() throws InterruptedException {
        StorageProfile profile = profiled("fast", ROOK);
        cluster.patch(Kinds.STORAGE_PROFILE, FAST,
                Patch.of(profile).field(
                        List.of(Map.of("accessModes", List.of("ReadWriteOnce"), "volumeMode", "Filesystem")), "spec",
                        "claimPropertySets").field("copy", "spec", "cloneStrategy").build());
        awaitProfile(FAST, status -> "copy".equals(status.cloneStrategy()));
        StorageProfile written = profile(FAST).orElseThrow();
        assertEquals(written.getSpec().claimPropertySets(), written.getStatus().claimPropertySets());
        assertEquals(1, written.getStatus().claimPropertySets().size());

        cluster.patch(Kinds.STORAGE_PROFILE, FAST,
                Patch.of(profile).field(null, "spec", "claimPropertySets").build());
        awaitProfile(FAST, status -> status.claimPropertySets().size() == 3);
        assertEquals("copy", profile(FAST).orElseThrow().getSpec().cloneStrategy());
    }

    @Test
    void anIncompleteSetIsToldByAnEventAndChangesNothing() throws InterruptedException {
        StorageProfile before = profiled("fast", ROOK);
        cluster.patch(Kinds.STORAGE_PROFILE, FAST, Patch.of(before).field(
                List.of(Map.of("accessModes", List.of(), "volumeMode", "Block")), "spec", "claimPropertySets")
                .build());
        control.await("an event tells", () -> cluster.list(Kinds.EVENT, Selection.ALL).stream()
                .anyMatch(event -> event.getReason().equals("IncompleteClaimPropertySet")));
        assertEquals(before.getStatus(), profile(FAST).orElseThrow().getStatus());
    }

    @Test
    void aSnapshotClassThatComesLaterChangesTheProfile() throws InterruptedException {
        assertEquals("copy", profiled("fast", "nfs.csi.k8s.io").getStatus().cloneStrategy());
        VolumeSnapshotClass snapshots = new VolumeSnapshotClass();
        snapshots.setMetadata(new ObjectMetaBuilder().withName("snapshots").build());
        snapshots.setDriver("nfs.csi.k8s.io");
        cluster.create(Kinds.SNAPSHOT_CLASS, snapshots);
        awaitProfile(FAST, status -> "snapshot".equals(status.cloneStrategy())
                && "snapshots".equals(status.snapshotClass()));
    }

    @Test
    void volumesMadeByHandTellHowTheirClassCanBeClaimed() throws InterruptedException {
        assertTrue(profiled("fast", "kubernetes.io/no-provisioner").getStatus().claimPropertySets().isEmpty());
        cluster.create(Kinds.VOLUME,
                new PersistentVolumeBuilder().withNewMetadata().withName("disk-1").endMetadata().withNewSpec()
                        .withStorageClassName("fast").withVolumeMode("Block").withAccessModes("ReadWriteOnce")
                        .addToCapacity("storage", new Quantity("1Gi")).withNewHostPath().withPath("/dev/null")
                        .endHostPath().endSpec().build());
        awaitProfile(FAST, status -> !status.claimPropertySets().isEmpty()
                && "Block".equals(status.claimPropertySets().getFirst().volumeMode()));
    }

    @Test
    void theConfigurationIsMadeAtTheStartAndFollowsTheStorageClasses() throws InterruptedException {
        awaitConfig("it is made", config -> config.gate("HonorWaitForFirstConsumer"));
        storageClass("fast", ROOK);
        storageClass("slow", ROOK);
        awaitOverheads(Map.of("fast", "0.055", "slow", "0.055"));
        cluster.patch(Kinds.CDI_CONFIG, CONFIG,
                Patch.of(config()).field("0.1", "spec", "filesystemOverhead", "storageClass", "slow")
                        .field("fast", "spec", "scratchSpaceStorageClass").build());
        awaitOverheads(Map.of("fast", "0.055", "slow", "0.1"));
        control.await("the scratch class counts",
                () -> ConfigView.read(cluster).scratchClass().equals(Optional.of("fast")));

        cluster.delete(Kinds.STORAGE_CLASS, FAST,
                cluster.get(Kinds.STORAGE_CLASS, FAST).orElseThrow().getMetadata().getUid());
        awaitOverheads(Map.of("slow", "0.1"));
        assertEquals("", config().getStatus().scratchSpaceStorageClass());
        assertEquals("fast", config().getSpec().scratchSpaceStorageClass());
    }

    @Test
    void anInstallationThatDecidesRevertsOtherChanges() throws InterruptedException {
        awaitConfig("it is made", config -> true);
        Cdi cdi = cluster.create(Kinds.CDI, new KubernetesSerialization().unmarshal("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: CDI
                metadata: {name: cdi, annotations: {cdi.kubevirt.io/configAuthority: ""}}
                spec: {config: {featureGates: [DataVolumeClaimAdoption], preallocation: true}}
                """, Cdi.class));
        awaitConfig("the installation decides",
                config -> config.getSpec().featureGates().equals(List.of("DataVolumeClaimAdoption")));
        assertEquals(true, config().getStatus().preallocation());

        cluster.patch(Kinds.CDI_CONFIG, CONFIG,
                Patch.of(config()).field(List.of("Other"), "spec", "featureGates").field(5, "spec", "logVerbosity")
                        .build());
        awaitConfig("other changes are reverted",
                config -> config.gate("DataVolumeClaimAdoption") && config.getSpec().logVerbosity() == null);

        cluster.patch(Kinds.CDI, Key.of(cdi), Patch.of(cdi).field(null, "spec", "config").build());
        awaitConfig("nothing is left", config -> config.getSpec().featureGates().isEmpty());
        assertEquals(false, config().getStatus().preallocation());
    }

    @Test
    void aConfigurationAndProfilesThatAreRightAreNotWritten() throws InterruptedException {
        profiled("fast", "pd.csi.storage.gke.io");
        awaitOverheads(Map.of("fast", "0.055"));
        control.settle();
        StorageProfile profile = profile(FAST).orElseThrow();
        assertEquals("true", profile.getMetadata().getAnnotations()
                .get("cdi.kubevirt.io/useReadWriteOnceForDataImportCron"));
        cluster.patch(Kinds.STORAGE_CLASS, FAST, Patch.of(cluster.get(Kinds.STORAGE_CLASS, FAST).orElseThrow())
                .annotation("example.com/touched", "yes").build());
        // What comes later is done later: when it is done, so is the change before it.
        profiled("later", ROOK);
        control.settle();
        assertEquals(profile.getMetadata().getResourceVersion(),
                profile(FAST).orElseThrow().getMetadata().getResourceVersion());
    }

    @Test
    void aProfileThatIsDeletedComesBack() throws InterruptedException {
        String uid = profiled("fast", ROOK).getMetadata().getUid();
        cluster.delete(Kinds.STORAGE_PROFILE, FAST, uid);
        control.await("it comes back", () -> profile(FAST).filter(found -> found.getStatus() != null)
                .filter(found -> !found.getMetadata().getUid().equals(uid)).isPresent());
        assertEquals(3, profile(FAST).orElseThrow().getStatus().claimPropertySets().size());
    }

    private void storageClass(String name, String provisioner) {
        cluster.create(Kinds.STORAGE_CLASS, new StorageClassBuilder().withNewMetadata().withName(name).endMetadata()
                .withProvisioner(provisioner).build());
    }

    private StorageProfile profiled(String name, String provisioner) throws InterruptedException {
        storageClass(name, provisioner);
        awaitProfile(Key.cluster(name), status -> provisioner.equals(status.provisioner()));
        return profile(Key.cluster(name)).orElseThrow();
    }

    private Optional<StorageProfile> profile(Key key) {
        return cluster.get(Kinds.STORAGE_PROFILE, key);
    }

    private CdiConfig config() {
        return cluster.get(Kinds.CDI_CONFIG, CONFIG).orElseThrow();
    }

    private void awaitProfile(Key key, Predicate<StorageProfileStatus> holds) throws InterruptedException {
        control.await("status of profile " + key,
                () -> profile(key).map(StorageProfile::getStatus).filter(holds).isPresent());
    }

    private void awaitConfig(String condition, Predicate<CdiConfig> holds) throws InterruptedException {
        control.await(condition, () -> cluster.get(Kinds.CDI_CONFIG, CONFIG).filter(holds).isPresent());
    }

    private void awaitOverheads(Map<String, String> expected) throws InterruptedException {
        awaitConfig("overheads " + expected, config -> config.getStatus().filesystemOverhead() != null
                && expected.equals(config.getStatus().filesystemOverhead().storageClass()));
    }
}
