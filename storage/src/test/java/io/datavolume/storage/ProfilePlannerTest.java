package io.datavolume.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.snapshot.VolumeSnapshotClass;
import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileSpec;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.datavolume.api.wire.ProfileAnnotations;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilePlannerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-02T00:00:00Z");
    private static final String ROOK = "rook-ceph.rbd.csi.ceph.com";
    private static final String GKE = "pd.csi.storage.gke.io";
    private static final ProfilePlanner PLANNER = new ProfilePlanner(StorageProfileTable.bundled());

    @Test
    void aKnownClassGetsOneSetForEachWayToClaim() {
        StorageProfileStatus status = desired(storageClass(ROOK, Map.of()), null, SnapshotClasses.NONE).status();
        assertEquals("RWX/Block, RWO/Block, RWO/Filesystem", sets(status));
        assertEquals("sc", status.storageClass());
        assertEquals(ROOK, status.provisioner());
        assertRecognized(status, "True", "RecognizedProvisioner", "Provisioner is recognized");
    }

    @Test
    void anUnknownProvisionerGetsNoSets() {
        StorageProfileStatus status = desired(storageClass("example.com/disks", Map.of()), null, SnapshotClasses.NONE)
                .status();
        assertEquals("", sets(status));
        assertEquals("copy", status.cloneStrategy());
        assertEquals("pvc", status.dataImportCronSourceFormat());
        assertRecognized(status, "False", "UnrecognizedProvisioner", "Provisioner is not recognized");
    }

    @Test
    void unknownParametersOfAKnownProvisionerAreTold() {
        StorageProfileStatus status = desired(storageClass("csi.trident.netapp.io", Map.of("backendType", "tape")),
                null, SnapshotClasses.NONE).status();
        assertEquals("", sets(status));
        assertRecognized(status, "False", "UnrecognizedStorageClassParameters",
                "Storage class parameters are not recognized");
    }

    @Test
    void anAdministratorsSetsReplaceTheKnownOnes() {
        StorageProfile profile = profile(spec(List.of(set("Filesystem", "ReadWriteOnce", "ReadWriteMany")), null, null,
                null), null, Map.of());
        assertEquals("RWO+RWX/Filesystem",
                sets(desired(storageClass(ROOK, Map.of()), profile, SnapshotClasses.NONE).status()));
    }

    @Test
    void anIncompleteSetLeavesTheProfileAsItIs() {
        for (ClaimPropertySet set : List.of(set("Filesystem"), set(null, "ReadWriteOnce"))) {
            ProfilePlan plan = PLANNER.plan(storageClass(ROOK, Map.of()),
                    Optional.of(profile(spec(List.of(set("Block", "ReadWriteOnce"), set), null, null, null), null,
                            Map.of())),
                    SnapshotClasses.NONE, List.of(), NOW);
            assertEquals("each ClaimPropertySet must provide both volume mode and access modes",
                    assertInstanceOf(ProfilePlan.Unusable.class, plan).message());
        }
    }

    @ParameterizedTest(name = "{0}, annotation {1}, spec {2}, snapshot class {3}: {4}")
    @CsvSource({"rook-ceph.rbd.csi.ceph.com, , , no, csi-clone", "rook-ceph.rbd.csi.ceph.com, , , yes, csi-clone",
        "pd.csi.storage.gke.io, , , yes, snapshot", "pd.csi.storage.gke.io, , , no, copy",
        "topolvm.io, , , yes, copy", "nfs.csi.k8s.io, , , yes, snapshot", "nfs.csi.k8s.io, , , no, copy",
        "example.com/disks, , , yes, snapshot", "nfs.csi.k8s.io, csi-clone, , no, csi-clone",
        "nfs.csi.k8s.io, snapshot, , no, snapshot", "rook-ceph.rbd.csi.ceph.com, copy, , yes, copy",
        "rook-ceph.rbd.csi.ceph.com, fast, , yes, ''", "nfs.csi.k8s.io, copy, csi-clone, no, csi-clone",
        "topolvm.io, , snapshot, no, snapshot"})
    void theCloneStrategyIsGivenAnnotatedOrAdvised(String provisioner, @Nullable String annotated,
            @Nullable String given, String snapshots, String expected) {
        StorageClass storageClass = storageClass(provisioner, Map.of());
        if (annotated != null) {
            storageClass.getMetadata().setAnnotations(Map.of(ProfileAnnotations.CLONE_STRATEGY, annotated));
        }
        assertEquals(expected, desired(storageClass, profile(spec(List.of(), given, null, null), null, Map.of()),
                snapshots(provisioner, snapshots)).status().cloneStrategy());
    }

    @ParameterizedTest(name = "{0}, spec {1}, snapshot class {2}: {3}")
    @CsvSource({"rook-ceph.rbd.csi.ceph.com, , yes, snapshot", "rook-ceph.rbd.csi.ceph.com, , no, pvc",
        "rbd.csi.ceph.com, , yes, pvc", "rbd.csi.ceph.com, snapshot, no, snapshot",
        "rook-ceph.rbd.csi.ceph.com, pvc, yes, pvc", "example.com/disks, , yes, pvc"})
    void bootSourcesAreKeptAsGivenOrAdvised(String provisioner, @Nullable String given, String snapshots,
            String expected) {
        assertEquals(expected, desired(storageClass(provisioner, Map.of()),
                profile(spec(List.of(), null, given, null), null, Map.of()), snapshots(provisioner, snapshots))
                .status().dataImportCronSourceFormat());
    }

    @ParameterizedTest(name = "wished {0}, before {1}: {2}")
    @CsvSource({", , standard", "b, , b", "foreign, , standard", "gone, , standard", "b, a, b"})
    void theSnapshotClassIsTheWishedOneOrTheDriversDefault(@Nullable String wished, @Nullable String before,
            String expected) {
        SnapshotClasses snapshots = new SnapshotClasses(List.of(snapshotClass("foreign", "example.com", true, Map.of()),
                snapshotClass("a", ROOK, false, Map.of()), snapshotClass("b", ROOK, false, Map.of()),
                snapshotClass("standard", ROOK, true, Map.of())));
        StorageProfile profile = profile(spec(List.of(), null, null, wished), status(before), Map.of());
        assertEquals(expected, desired(storageClass(ROOK, Map.of()), profile, snapshots).status().snapshotClass());
    }

    @Test
    void withoutADefaultTheFirstSnapshotClassByNameCounts() {
        SnapshotClasses snapshots = new SnapshotClasses(List.of(snapshotClass("b", ROOK, false, Map.of()),
                snapshotClass("a", ROOK, false, Map.of()), snapshotClass("0", "example.com", true, Map.of())));
        assertEquals("a", desired(storageClass(ROOK, Map.of()), null, snapshots).status().snapshotClass());
    }

    @Test
    void withoutASnapshotClassTheEarlierOneStaysNamedButIsNotReliedOn() {
        StorageProfileStatus status = desired(storageClass(GKE, Map.of()),
                profile(spec(List.of(), null, null, null), status("old"), Map.of()), SnapshotClasses.NONE).status();
        assertEquals("old", status.snapshotClass());
        assertEquals("copy", status.cloneStrategy());
        assertNull(desired(storageClass(GKE, Map.of()), null, SnapshotClasses.NONE).status().snapshotClass());
    }

    @Test
    void minimumSizeAndAccessModeOfBootSourcesAreAnnotatedWhereTheyAreMissing() {
        StorageClass storageClass = storageClass(GKE, Map.of("type", "hyperdisk-balanced"));
        assertEquals(
                Map.of(ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE, Optional.of("4Gi"),
                        ProfileAnnotations.USE_READ_WRITE_ONCE_FOR_CRON, Optional.of("true")),
                desired(storageClass, null, SnapshotClasses.NONE).annotations());
        assertEquals(Map.of(),
                desired(storageClass,
                        profile(null, null,
                                Map.of(ProfileAnnotations.MINIMUM_SUPPORTED_PVC_SIZE, "1Gi",
                                        ProfileAnnotations.USE_READ_WRITE_ONCE_FOR_CRON, "false")),
                        SnapshotClasses.NONE).annotations());
    }

    @Test
    void theSnapshotClassOfImagesIsAnnotatedAndGoesWithIt() {
        StorageClass storageClass = storageClass(GKE, Map.of());
        SnapshotClasses snapshots = new SnapshotClasses(List.of(snapshotClass("plain", GKE, true, Map.of()),
                snapshotClass("z", GKE, false, Map.of("snapshot-type", "images", "zone", "a")),
                snapshotClass("b", GKE, false, Map.of("snapshot-type", "images")),
                snapshotClass("a", "example.com", true, Map.of("snapshot-type", "images"))));
        Map<String, String> annotations = Map.of(ProfileAnnotations.USE_READ_WRITE_ONCE_FOR_CRON, "true");
        ProfilePlan.Desired desired = desired(storageClass, profile(null, null, annotations), snapshots);
        assertEquals(Map.of(ProfileAnnotations.SNAPSHOT_CLASS_FOR_CRON, Optional.of("b")), desired.annotations());
        assertEquals("plain", desired.status().snapshotClass());

        StorageProfile annotated = profile(null, null, Map.of(ProfileAnnotations.USE_READ_WRITE_ONCE_FOR_CRON, "true",
                ProfileAnnotations.SNAPSHOT_CLASS_FOR_CRON, "b"));
        assertEquals(Map.of(), desired(storageClass, annotated, snapshots).annotations());
        assertEquals(Map.of(ProfileAnnotations.SNAPSHOT_CLASS_FOR_CRON, Optional.empty()),
                desired(storageClass, annotated, SnapshotClasses.NONE).annotations());
    }

    @Test
    void aUsersSnapshotClassForBootSourcesStaysWhereTheTableHasNone() {
        StorageProfile annotated = profile(null, null, Map.of(ProfileAnnotations.SNAPSHOT_CLASS_FOR_CRON, "mine"));
        assertEquals(Map.of(), desired(storageClass(ROOK, Map.of()), annotated, SnapshotClasses.NONE).annotations());
    }

    @Test
    void withoutAProvisionerTheVolumesTellHowTheyCanBeClaimed() {
        StorageClass storageClass = storageClass("kubernetes.io/no-provisioner", Map.of());
        List<PersistentVolume> volumes = List.of(volume(null, "ReadWriteOnce"), volume("Block", "ReadWriteOnce"),
                volume("Block", "ReadOnlyMany", "ReadWriteMany"), volume("Filesystem", "ReadWriteOnce"));
        ProfilePlan.Desired desired = assertInstanceOf(ProfilePlan.Desired.class,
                PLANNER.plan(storageClass, Optional.empty(), SnapshotClasses.NONE, volumes, NOW));
        assertEquals("RWX/Block, RWO/Block, RWO/Filesystem, ROX/Block", sets(desired.status()));
        assertRecognized(desired.status(), "True", "RecognizedProvisioner", "Provisioner is recognized");
        assertEquals("", sets(desired(storageClass, null, SnapshotClasses.NONE).status()));
    }

    @Test
    void anUnchangedProfileIsPlannedAsItIs() {
        StorageClass storageClass = storageClass(ROOK, Map.of());
        StorageProfileStatus status = desired(storageClass, null, SnapshotClasses.NONE).status();
        StorageProfile profile = profile(spec(List.of(), null, null, null), status, Map.of());
        assertEquals(status, assertInstanceOf(ProfilePlan.Desired.class, PLANNER.plan(storageClass,
                Optional.of(profile), SnapshotClasses.NONE, List.of(), LATER)).status());
    }

    @Test
    void whatIsNotKnownHereIsKept() {
        StorageProfileStatus before = new StorageProfileStatus(List.of(), null, null, null, null, null,
                List.of(new Condition("Other", "True", null, null, "Because", "", Map.of())), Map.of("later", 1));
        StorageProfileStatus after = desired(storageClass(ROOK, Map.of()), profile(null, before, Map.of()),
                SnapshotClasses.NONE).status();
        assertEquals(Map.of("later", 1), after.unknown());
        assertTrue(Condition.find(after.conditions(), "Other").isPresent());
    }

    @ParameterizedTest(name = "{0}: {1}, complete {2}")
    @CsvSource({"example.com/disks, '', false", "example.com/disks, RWO/Block, true",
        "example.com/disks, RWO/Block RWX/, false", "example.com/disks, /Block, false",
        "stork-snapshot, '', true", "kubernetes.io/no-provisioner, '', true"})
    void aProfileIsCompleteIfItSaysEverythingOrHasNothingToSay(String provisioner, String sets, boolean complete) {
        List<ClaimPropertySet> parsed = Arrays.stream(sets.split(" ")).filter(set -> !set.isEmpty())
                .map(set -> set.split("/", -1))
                .map(set -> new ClaimPropertySet(set[0].isEmpty() ? List.of() : List.of(set[0]), set[1], Map.of()))
                .toList();
        assertEquals(complete,
                ProfileHealth.isComplete(new StorageProfileStatus(parsed, null, null, provisioner, null, "sc",
                        List.of(), Map.of()), StorageProfileTable.bundled()));
    }

    private static ProfilePlan.Desired desired(StorageClass storageClass, @Nullable StorageProfile profile,
            SnapshotClasses snapshots) {
        return assertInstanceOf(ProfilePlan.Desired.class,
                PLANNER.plan(storageClass, Optional.ofNullable(profile), snapshots, List.of(), NOW));
    }

    private static void assertRecognized(StorageProfileStatus status, String value, String reason, String message) {
        assertEquals(List.of(new Condition("Recognized", value, "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", reason,
                message, Map.of())), status.conditions());
    }

    private static String sets(StorageProfileStatus status) {
        return status.claimPropertySets().stream()
                .map(set -> set.accessModes().stream().map(ClaimRendererTest::shortMode)
                        .collect(Collectors.joining("+")) + "/" + set.volumeMode())
                .collect(Collectors.joining(", "));
    }

    private static StorageClass storageClass(String provisioner, Map<String, String> parameters) {
        return new StorageClassBuilder().withNewMetadata().withName("sc").endMetadata().withProvisioner(provisioner)
                .withParameters(parameters).build();
    }

    private static SnapshotClasses snapshots(String driver, String any) {
        return any.equals("yes")
                ? new SnapshotClasses(List.of(snapshotClass("snap", driver, false, Map.of())))
                : SnapshotClasses.NONE;
    }

    private static VolumeSnapshotClass snapshotClass(String name, String driver, boolean isDefault,
            Map<String, String> parameters) {
        VolumeSnapshotClass snapshotClass = new VolumeSnapshotClass();
        snapshotClass.setMetadata(new ObjectMetaBuilder().withName(name)
                .addToAnnotations(ProfileAnnotations.DEFAULT_SNAPSHOT_CLASS, String.valueOf(isDefault)).build());
        snapshotClass.setDriver(driver);
        snapshotClass.setParameters(parameters);
        return snapshotClass;
    }

    private static PersistentVolume volume(@Nullable String volumeMode, String... accessModes) {
        return new PersistentVolumeBuilder().withNewSpec().withVolumeMode(volumeMode).withAccessModes(accessModes)
                .endSpec().build();
    }

    private static ClaimPropertySet set(@Nullable String volumeMode, String... accessModes) {
        return new ClaimPropertySet(List.of(accessModes), volumeMode, Map.of());
    }

    private static StorageProfileSpec spec(List<ClaimPropertySet> sets, @Nullable String strategy,
            @Nullable String format, @Nullable String snapshotClass) {
        return new StorageProfileSpec(sets, strategy, format, snapshotClass, Map.of());
    }

    private static StorageProfileStatus status(@Nullable String snapshotClass) {
        return new StorageProfileStatus(List.of(), null, null, null, snapshotClass, null, List.of(), Map.of());
    }

    private static StorageProfile profile(@Nullable StorageProfileSpec spec, @Nullable StorageProfileStatus status,
            Map<String, String> annotations) {
        StorageProfile profile = new StorageProfile();
        profile.setMetadata(new ObjectMetaBuilder().withName("sc").withAnnotations(annotations).build());
        profile.setSpec(spec);
        profile.setStatus(status);
        return profile;
    }
}
