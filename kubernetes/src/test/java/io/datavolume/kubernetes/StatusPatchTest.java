package io.datavolume.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Patch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusPatchTest {

    private final ConfigMap object = new ConfigMapBuilder().withNewMetadata().withUid("u").withResourceVersion("7")
            .endMetadata().build();

    @Test
    void onlyStatusAndPreconditionsCount() {
        Patch patch = Patch.unchanged(object).label("app", "x").field(1, "spec", "a").field("Done", "status", "phase")
                .build();
        assertEquals(
                Map.of("metadata", Map.of("uid", "u", "resourceVersion", "7"), "status", Map.of("phase", "Done")),
                StatusPatch.of(patch));
    }

    @Test
    void aPatchWithoutStatusChangesNone() {
        assertEquals(Map.of("metadata", Map.of("uid", "u")),
                StatusPatch.of(Patch.of(object).annotation("n", "1").build()));
    }
}
