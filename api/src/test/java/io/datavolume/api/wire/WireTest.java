package io.datavolume.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void annotationsAreReadWhereThereAreNone() {
        PersistentVolumeClaim bare = new PersistentVolumeClaimBuilder().withNewMetadata().endMetadata().build();
        assertFalse(Annotations.has(bare, Annotations.USE_POPULATOR));
        PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder().withNewMetadata()
                .addToAnnotations(Annotations.USE_POPULATOR, "true").addToAnnotations(UploadAnnotations.TARGET, "")
                .addToLabels(Labels.APP, Labels.APP_VALUE).endMetadata().build();
        assertTrue(Annotations.isTrue(claim, Annotations.USE_POPULATOR));
        assertTrue(Annotations.has(claim, UploadAnnotations.TARGET));
        assertFalse(Annotations.isTrue(claim, UploadAnnotations.TARGET));
        assertEquals("containerized-data-importer", Labels.of(claim, Labels.APP).orElseThrow());
    }

    @Test
    void phasesAreFoundByTheirText() {
        for (Phase phase : Phase.values()) {
            assertEquals(phase, Phase.of(phase.text()));
        }
        assertEquals(Phase.UNSET, Phase.of(null));
        assertEquals(Phase.UNKNOWN, Phase.of("InventedLater"));
    }

    @Test
    void onlyLabelsOfKubevirtAreCopied() {
        assertTrue(Labels.isCopied("instancetype.kubevirt.io/default-preference"));
        assertTrue(Labels.isCopied("kubevirt.io/dynamic-credentials-support"));
        assertFalse(Labels.isCopied("app"));
        assertFalse(Labels.isCopied("kubevirt.io"));
        assertFalse(Labels.isCopied("example.com/kubevirt.io/x"));
    }

    @Test
    void noAnnotationStandsTwice() throws IllegalAccessException {
        TreeMap<String, List<String>> places = new TreeMap<>();
        for (Class<?> type : List.of(Annotations.class, ImportAnnotations.class, PodAnnotations.class,
                UploadAnnotations.class, CloneAnnotations.class, CronAnnotations.class, ProfileAnnotations.class,
                ProgressAnnotations.class)) {
            for (Field field : type.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof String key
                        && key.contains("/")) {
                    places.computeIfAbsent(key, k -> new ArrayList<>())
                            .add(type.getSimpleName() + "." + field.getName());
                }
            }
        }
        places.values().forEach(where -> assertEquals(1, where.size(), where::toString));
        assertTrue(places.size() > 80, places::toString);
    }

    @Test
    void progressHasTwoDecimalsAndAPoint() {
        assertEquals("7.50%", Messages.progress(7.5));
        assertEquals("100.00%", Messages.progress(100));
    }
}
