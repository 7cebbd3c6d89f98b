package io.datavolume.storage;

import static io.datavolume.storage.Classes.DEFAULT;
import static io.datavolume.storage.Classes.storageClass;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingModeTest {

    @ParameterizedTest(name = "class {0}: {1}")
    @CsvSource({"now, IMMEDIATE", "later, WAIT_FOR_FIRST_CONSUMER", "unsaid, IMMEDIATE", "gone, IMMEDIATE",
        "'', IMMEDIATE", ", WAIT_FOR_FIRST_CONSUMER"})
    void theClassOfTheClaimDecides(String className, BindingMode expected) {
        assertEquals(expected, BindingMode.ofClaim(Optional.ofNullable(className),
                StorageClasses.of(List.of(binding("now", "Immediate", Map.of()),
                        binding("later", "WaitForFirstConsumer", DEFAULT), storageClass("unsaid")))));
    }

    @Test
    void claimWaitsUntilAPodOrAnAnnotationAsksForIt() {
        assertTrue(BindingMode.WAIT_FOR_FIRST_CONSUMER.holdsBack(claim(Map.of())));
        assertFalse(BindingMode.WAIT_FOR_FIRST_CONSUMER.holdsBack(claim(Map.of(Annotations.SELECTED_NODE, "node"))));
        assertFalse(BindingMode.WAIT_FOR_FIRST_CONSUMER.holdsBack(claim(Map.of(Annotations.BIND_IMMEDIATE, ""))));
        assertFalse(BindingMode.IMMEDIATE.holdsBack(claim(Map.of())));
    }

    private static PersistentVolumeClaim claim(Map<String, String> annotations) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withAnnotations(annotations).endMetadata().build();
    }

    private static StorageClass binding(String name, String mode, Map<String, String> annotations) {
        StorageClass storageClass = storageClass(name, "2026-01-01T00:00:00Z", annotations);
        storageClass.setVolumeBindingMode(mode);
        return storageClass;
    }
}
