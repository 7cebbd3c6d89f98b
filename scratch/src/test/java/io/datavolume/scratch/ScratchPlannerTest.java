package io.datavolume.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Installer;
import io.datavolume.api.wire.ProfileAnnotations;
import io.datavolume.storage.FilesystemOverhead;
import io.datavolume.storage.Overheads;
import io.datavolume.storage.StorageClasses;
import io.datavolume.storage.UnusableSizeException;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScratchPlannerTest {

    private static final Pod WORKER = new PodBuilder().withNewMetadata().withNamespace("space")
            .withName("importer-disk").withUid("pod-uid").endMetadata().build();
    private static final Installer INSTALLER = new Installer("kubevirt", "1.2.3");

    @ParameterizedTest(name = "annotation {0}: {1}")
    @CsvSource({", false", "false, false", "'', false", "true, true"})
    void onlyAWorkerThatAskedForScratchGetsIt(@Nullable String annotation, boolean needed) {
        PersistentVolumeClaim target = target("disk", "a", "Filesystem", "1Gi");
        if (annotation != null) {
            target.getMetadata().setAnnotations(Map.of(ImportAnnotations.REQUIRES_SCRATCH, annotation));
        }
        assertEquals(needed, ScratchPlanner.isNeeded(target));
    }

    @ParameterizedTest(name = "configured {0}, default {1}, target {2}: {3}")
    @CsvSource({"fast, files, block, fast", "gone, files, block, files", ", files, block, files",
        "'', files, block, files",
        ", , block, block", "gone, , block, block", ", , unknown, unknown", ", , '', ''", ", , ,"})
    void theClassIsTheConfiguredOneElseTheDefaultElseTheTargets(@Nullable String configured,
            @Nullable String defaultClass, @Nullable String targetClass, @Nullable String expected) {
        PersistentVolumeClaim claim = ScratchPlanner.claim(target("disk", targetClass, "Block", "1Gi"), WORKER, 0,
                settings(configured, defaultClass, Map.of()));
        assertEquals(expected, claim.getSpec().getStorageClassName());
    }

    @Test
    void theVirtualMachinesDefaultIsNotUsed() {
        StorageClass virt = new StorageClassBuilder().withNewMetadata().withName("virt")
                .addToAnnotations(ProfileAnnotations.DEFAULT_VIRT_CLASS, "true").endMetadata().build();
        ScratchSettings settings = new ScratchSettings(Optional.empty(), StorageClasses.of(List.of(virt)),
                Overheads.NONE, INSTALLER);
        assertEquals("block", ScratchPlanner.claim(target("disk", "block", "Block", "1Gi"), WORKER, 0, settings)
                .getSpec().getStorageClassName());
    }

    // 1 GiB and 5.5 % are 1132797625 bytes; 1081 MiB are 1133510656.
    @ParameterizedTest(name = "target {0} {1}, asked {2}: {3}")
    @CsvSource({"Block, 1Gi, 0, 1133510656", "Block, 1073741825, 0, 1133510656",
        "Filesystem, 1132797625, 0, 1133510656",
        "Filesystem, 1132797624, 0, 1133510656", "Filesystem, 1132797623, 0, 1132462080",
        "Block, 1Gi, 1073741824, 1133510656", "Block, 1Gi, 1073741825, 1134559232",
        "Filesystem, 1Mi, 2147483648, 2265972736", "Block, 1, 0, 2097152", "Block, 1, 1, 2097152"})
    void theSizeHoldsTheTargetsDiskAndWhatTheWorkerAskedFor(String volumeMode, String size, long asked,
            String expected) {
        PersistentVolumeClaim claim = ScratchPlanner.claim(target("disk", "files", volumeMode, size), WORKER, asked,
                settings(null, "files", Map.of()));
        assertEquals(Map.of("storage", new Quantity(expected)), claim.getSpec().getResources().getRequests());
    }

    @Test
    void theOverheadsOfBothClassesCount() {
        // 2 GiB with an overhead of 1 leave 1 GiB, and that with 0.5 on top is 1.5 GiB.
        PersistentVolumeClaim claim = ScratchPlanner.claim(target("disk", "b", "Filesystem", "2Gi"), WORKER, 0,
                settings("a", null, Map.of("a", overhead("0.5"), "b", overhead("1"))));
        assertEquals(Map.of("storage", new Quantity("1610612736")), claim.getSpec().getResources().getRequests());
    }

    @Test
    void aSizeThatCannotBeReadIsRefused() {
        ScratchSettings settings = settings(null, "files", Map.of());
        assertThrows(UnusableSizeException.class, () -> ScratchPlanner
                .claim(target("disk", "files", "Block", "1GiB"), WORKER, 0, settings));
        assertThrows(UnusableSizeException.class, () -> ScratchPlanner
                .claim(target("disk", "files", "Block", "1Gi"), WORKER, Long.MAX_VALUE, settings));
    }

    @Test
    void theClaimIsTheWorkersOwnAndHasAFilesystem() {
        PersistentVolumeClaim claim = ScratchPlanner.claim(target("disk", "block", "Block", "1Gi"), WORKER, 0,
                settings(null, null, Map.of()));
        assertEquals("space", claim.getMetadata().getNamespace());
        assertEquals("disk-scratch", claim.getMetadata().getName());
        assertEquals(List.of("ReadWriteOnce"), claim.getSpec().getAccessModes());
        assertNull(claim.getSpec().getVolumeMode());
        assertEquals(Map.of("app", "containerized-data-importer", "velero.io/exclude-from-backup", "true",
                "app.kubernetes.io/part-of", "kubevirt", "app.kubernetes.io/version", "1.2.3",
                "app.kubernetes.io/managed-by", "cdi-controller", "app.kubernetes.io/component", "storage"),
                claim.getMetadata().getLabels());
        OwnerReference owner = claim.getMetadata().getOwnerReferences().getFirst();
        assertEquals("Pod importer-disk pod-uid",
                owner.getKind() + " " + owner.getName() + " " + owner.getUid());
        assertTrue(owner.getController() && owner.getBlockOwnerDeletion());
    }

    @Test
    void aLongNameIsShortened() {
        PersistentVolumeClaim claim = ScratchPlanner.claim(target("x".repeat(253), "block", "Block", "1Gi"), WORKER,
                0, settings(null, null, Map.of()));
        assertEquals(253, claim.getMetadata().getName().length());
        assertTrue(claim.getMetadata().getName().endsWith("-scratch"));
    }

    @Test
    void kubeVirtsAnnotationsArePassedOnAndOursAreNot() {
        PersistentVolumeClaim target = target("disk", "block", "Block", "1Gi");
        target.getMetadata().setAnnotations(Map.of("vm.kubevirt.io/os", "linux", "kubevirt.io/note", "x",
                "cdi.kubevirt.io/storage.import.source", "http", "example.com/other", "y",
                "volume.kubernetes.io/selected-node", "node-1"));
        Map<String, String> annotations = ScratchPlanner.claim(target, WORKER, 0, settings(null, null, Map.of()))
                .getMetadata().getAnnotations();
        assertEquals(Map.of("vm.kubevirt.io/os", "linux", "kubevirt.io/note", "x"), annotations);
    }

    @Test
    void aPrimeClaimsNodeIsPassedOn() {
        PersistentVolumeClaim target = target("prime-1234", "block", "Block", "1Gi");
        target.getMetadata().setAnnotations(Map.of("volume.kubernetes.io/selected-node", "node-1"));
        Map<String, String> annotations = ScratchPlanner.claim(target, WORKER, 0, settings(null, null, Map.of()))
                .getMetadata().getAnnotations();
        assertEquals(Map.of("volume.kubernetes.io/selected-node", "node-1"), annotations);
        target.getMetadata().setAnnotations(null);
        assertFalse(ScratchPlanner.claim(target, WORKER, 0, settings(null, null, Map.of())).getMetadata()
                .getAnnotations().containsKey("volume.kubernetes.io/selected-node"));
    }

    private static ScratchSettings settings(@Nullable String configured, @Nullable String defaultClass,
            Map<String, FilesystemOverhead> overheads) {
        List<StorageClass> classes = Arrays.asList("fast", "files", "block", "a", "b").stream()
                .map(name -> new StorageClassBuilder().withNewMetadata().withName(name).addToAnnotations(
                        ProfileAnnotations.DEFAULT_CLASS, String.valueOf(name.equals(defaultClass))).endMetadata()
                        .build())
                .toList();
        return new ScratchSettings(Optional.ofNullable(configured), StorageClasses.of(classes),
                new Overheads(FilesystemOverhead.DEFAULT, overheads), INSTALLER);
    }

    private static FilesystemOverhead overhead(String text) {
        return FilesystemOverhead.parse(text).orElseThrow();
    }

    private static PersistentVolumeClaim target(String name, @Nullable String className, String volumeMode,
            String size) {
        Quantity quantity = new Quantity();
        quantity.setAmount(size);
        return new PersistentVolumeClaimBuilder().withNewMetadata().withNamespace("space").withName(name).endMetadata()
                .withNewSpec().withStorageClassName(className).withVolumeMode(volumeMode).withNewResources()
                .addToRequests("storage", quantity).endResources().endSpec().build();
    }
}
