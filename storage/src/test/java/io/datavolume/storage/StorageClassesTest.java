package io.datavolume.storage;

import static io.datavolume.storage.Classes.DEFAULT;
import static io.datavolume.storage.Classes.VIRT;
import static io.datavolume.storage.Classes.storageClass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.wire.ProfileAnnotations;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorageClassesTest {

    private static final String OLD = "2025-01-01T00:00:00Z";
    private static final String NEW = "2026-01-01T00:00:00Z";

    @Test
    void withoutAMarkThereIsNoDefault() {
        var classes = StorageClasses.of(List.of(storageClass("a"), storageClass("b")));
        assertName("", classes.kubernetesDefault());
        assertName("", classes.virtualMachineDefault());
    }

    @Test
    void anyOtherValueThanTrueIsNoMark() {
        var classes = StorageClasses
                .of(List.of(storageClass("a", OLD, Map.of(ProfileAnnotations.DEFAULT_CLASS, "True")),
                        storageClass("b", OLD, Map.of(ProfileAnnotations.DEFAULT_CLASS, ""))));
        assertName("", classes.kubernetesDefault());
    }

    @Test
    void theVirtualMachinesDefaultIsNotTheClusters() {
        var classes = StorageClasses.of(List.of(storageClass("virt", OLD, VIRT)));
        assertName("virt", classes.virtualMachineDefault());
        assertName("", classes.kubernetesDefault());
    }

    @Test
    void theVirtualMachinesDefaultWinsOverANewerClusterDefault() {
        var classes = StorageClasses.of(List.of(storageClass("k8s", NEW, DEFAULT), storageClass("virt", OLD, VIRT)));
        assertName("virt", classes.virtualMachineDefault());
        assertName("k8s", classes.kubernetesDefault());
    }

    @Test
    void theClustersDefaultStandsInForVirtualMachines() {
        var classes = StorageClasses.of(List.of(storageClass("k8s", NEW, DEFAULT)));
        assertName("k8s", classes.virtualMachineDefault());
    }

    @Test
    void ofSeveralDefaultsTheNewestCounts() {
        var classes = StorageClasses.of(List.of(storageClass("a", OLD, DEFAULT), storageClass("z", NEW, DEFAULT)));
        assertName("z", classes.kubernetesDefault());
    }

    @Test
    void ofSeveralDefaultsOfOneSecondTheFirstByNameCounts() {
        var classes = StorageClasses.of(List.of(storageClass("c", NEW, VIRT), storageClass("a", NEW, VIRT),
                storageClass("b", NEW, VIRT), storageClass("0", OLD, VIRT)));
        assertName("a", classes.virtualMachineDefault());
    }

    @Test
    void aDefaultWithoutReadableTimeIsTheOldest() {
        var classes = StorageClasses.of(List.of(storageClass("a", "yesterday", DEFAULT),
                storageClass("b", OLD, DEFAULT)));
        assertName("b", classes.kubernetesDefault());
    }

    @Test
    void aClaimsClassIsTheNamedOneOrTheClustersDefault() {
        var classes = StorageClasses.of(List.of(storageClass("k8s", NEW, DEFAULT), storageClass("virt", NEW, VIRT)));
        assertName("virt", classes.ofClaim(Optional.of("virt")));
        assertName("k8s", classes.ofClaim(Optional.empty()));
        assertName("", classes.ofClaim(Optional.of("gone")));
        assertName("", classes.ofClaim(Optional.of("")));
    }

    private static void assertName(String name, Optional<StorageClass> storageClass) {
        assertEquals(name, storageClass.map(found -> found.getMetadata().getName()).orElse(""));
    }
}
