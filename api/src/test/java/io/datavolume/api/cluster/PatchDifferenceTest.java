package io.datavolume.api.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.FilesystemOverhead;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatchDifferenceTest {

    private static final FilesystemOverhead OVERHEAD = new FilesystemOverhead("0.055", Map.of("a", "0.1", "b", "0.2"),
            Map.of());

    @Test
    void valuesThatAreAlikeChangeNothing() {
        assertTrue(patch().difference(OVERHEAD, OVERHEAD, "status").isEmpty());
        assertTrue(patch().difference(null, new FilesystemOverhead("", Map.of(), Map.of()), "status").isEmpty());
    }

    @Test
    void onlyWhatDiffersIsSaidAtAnyDepth() {
        assertEquals(Map.of("storageClass", Map.of("b", "0.3")), difference(OVERHEAD,
                new FilesystemOverhead("0.055", Map.of("a", "0.1", "b", "0.3"), Map.of())));
    }

    @Test
    void whatIsNoLongerThereIsRemoved() {
        assertEquals(Map.of("storageClass", Collections.singletonMap("b", null)),
                difference(OVERHEAD, new FilesystemOverhead("0.055", Map.of("a", "0.1"), Map.of())));
        assertEquals(Collections.singletonMap("claimPropertySets", null),
                difference(status(List.of(new ClaimPropertySet(List.of("ReadWriteOnce"), "Block", Map.of()))),
                        status(List.of())));
    }

    @Test
    void listsAreReplacedWhole() {
        assertEquals(
                Map.of("claimPropertySets",
                        List.of(Map.of("accessModes", List.of("ReadWriteMany"), "volumeMode", "Block"))),
                difference(status(List.of(new ClaimPropertySet(List.of("ReadWriteOnce"), "Block", Map.of()))),
                        status(List.of(new ClaimPropertySet(List.of("ReadWriteMany"), "Block", Map.of())))));
    }

    @Test
    void quantitiesAreWrittenAsKubernetesReadsThem() {
        assertEquals(Map.of("limits", Map.of("cpu", "750m")), difference(null,
                new ResourceRequirementsBuilder().addToLimits("cpu", new Quantity("750m")).build()));
    }

    private static @Nullable Object difference(@Nullable Object before, Object after) {
        return patch().difference(before, after, "status").build().body().get("status");
    }

    private static StorageProfileStatus status(List<ClaimPropertySet> sets) {
        return new StorageProfileStatus(sets, null, null, "example.com", null, null, List.of(), Map.of());
    }

    private static Patch.Builder patch() {
        return Patch.of(new ConfigMapBuilder().withNewMetadata().withUid("uid").endMetadata().build());
    }
}
