package io.datavolume.standalone.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Kinds;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwaitedTest {

    /** What nobody fills would be waited for in vain. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"VolumeImportSource, true", "VolumeCloneSource, false"})
    void claimIsAwaitedWhereASourceFillsIt(String kind, boolean expected) {
        Map<String, Object> spec = Map.of("dataSourceRef",
                Map.of("apiGroup", Kinds.GROUP, "kind", kind, "name", "disk"));
        assertEquals(expected, Awaited.of(new Manifest("claim.yaml", Kinds.CLAIM,
                Map.of("metadata", Map.of("name", "disk", "namespace", "ns"), "spec", spec))).isPresent());
    }
}
