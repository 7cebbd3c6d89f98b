package io.datavolume.storage;

import static io.datavolume.storage.Classes.DEFAULT;
import static io.datavolume.storage.Classes.VIRT;
import static io.datavolume.storage.Classes.storageClass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverheadsTest {

    private static final String TIME = "2026-01-01T00:00:00Z";
    private static final Overheads OVERHEADS = new Overheads(FilesystemOverhead.DEFAULT,
            Map.of("k8s", FilesystemOverhead.parse("0.1").orElseThrow(), "virt",
                    FilesystemOverhead.parse("0.2").orElseThrow()));
    private static final StorageClasses CLASSES = StorageClasses.of(List.of(storageClass("k8s", TIME, DEFAULT),
            storageClass("virt", TIME, VIRT), storageClass("other", TIME, Map.of())));

    @ParameterizedTest(name = "class {0}: {1}")
    @CsvSource({"virt, 0.2", "other, 0.055", "'', 0", "gone, 0.1", ", 0.1"})
    void theClassOfTheClaimDecides(String name, String overhead) {
        assertEquals(overhead, OVERHEADS.of(Optional.ofNullable(name), CLASSES).toString());
    }

    @Test
    void withoutAnyClassTheGlobalOneCounts() {
        assertEquals("0.055", OVERHEADS.of(Optional.of("gone"), StorageClasses.of(List.of())).toString());
    }

    @Test
    void withoutConfigurationThereIsNone() {
        assertEquals("0", Overheads.NONE.of(Optional.of("k8s"), CLASSES).toString());
    }
}
