package io.datavolume.storage;

import static io.datavolume.storage.Classes.DEFAULT;
import static io.datavolume.storage.Classes.VIRT;
import static io.datavolume.storage.Classes.storageClass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulatorUseTest {

    private static final String TIME = "2026-01-01T00:00:00Z";
    private static final StorageClasses CLASSES = StorageClasses.of(List.of(storageClass("csi", TIME, VIRT),
            storageClass("legacy", TIME, Map.of()), storageClass("default", TIME, DEFAULT)));
    private static final Set<String> DRIVERS = Set.of("example.com/csi", "example.com/default");

    @ParameterizedTest(name = "annotation {0}, class {1}: {2}")
    @CsvSource({"'', csi, true", "'', legacy, false", "'', gone, false", "'', '', false", "'', , true",
        "true, legacy, true", "1, legacy, true", "T, legacy, true", "false, csi, false", "F, csi, false",
        "0, , false", "tRuE, legacy, false", "yes, csi, true", "no, csi, true"})
    void theAnnotationDecidesAndElseWhetherTheProvisionerIsACsiDriver(String annotation, String className,
            boolean expected) {
        HasMetadata object = new PersistentVolumeClaimBuilder().withNewMetadata()
                .addToAnnotations(annotation.isEmpty() ? Map.of() : Map.of(Annotations.USE_POPULATOR, annotation))
                .endMetadata().build();
        assertEquals(expected, PopulatorUse.decide(object, Optional.ofNullable(className), CLASSES, DRIVERS::contains));
    }
}
