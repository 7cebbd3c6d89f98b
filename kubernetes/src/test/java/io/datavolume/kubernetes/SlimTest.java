package io.datavolume.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlimTest {

    @Test
    void managersOfFieldsAreNotKept() {
        ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName("a").addToLabels("k", "v")
                .addNewManagedField().withManager("kubectl").endManagedField().endMetadata()
                .withData(Map.of("x", "y")).build();
        Slim.down(map);
        assertEquals(new ConfigMapBuilder().withNewMetadata().withName("a").addToLabels("k", "v")
                .withManagedFields(map.getMetadata().getManagedFields()).endMetadata().withData(Map.of("x", "y"))
                .build(), map);
        assertTrue(map.getMetadata().getManagedFields() == null || map.getMetadata().getManagedFields().isEmpty());
    }

    @Test
    void anEventStillSaysWhatHappenedWhenAndToWhat() {
        Event event = event();
        Slim.down(event);
        assertEquals(new EventBuilder().withNewMetadata().withNamespace("ns").withName("e").withUid("u")
                .withResourceVersion("7").withCreationTimestamp("2026-01-01T00:00:00Z").withLabels(null)
                .withAnnotations(null).withManagedFields(event.getMetadata().getManagedFields()).endMetadata()
                .withType("Warning").withReason("ProvisioningFailed").withMessage("full")
                .withFirstTimestamp("2026-01-01T00:00:00Z").withLastTimestamp("2026-01-01T00:00:09Z").withCount(3)
                .withNewInvolvedObject().withApiVersion("v1").withKind("PersistentVolumeClaim").withNamespace("ns")
                .withName("c").withUid("cu").endInvolvedObject().build(), event);
    }

    @Test
    void equalReasonsOfEventsAreOneText() {
        Event one = event();
        Event other = event();
        Slim.down(one);
        Slim.down(other);
        assertSame(one.getReason(), other.getReason());
    }

    private static Event event() {
        return new EventBuilder().withNewMetadata().withNamespace("ns").withName("e").withUid("u")
                .withResourceVersion("7").withCreationTimestamp("2026-01-01T00:00:00Z").addToLabels("k", "v")
                .endMetadata().withType("Warning").withReason(new String("ProvisioningFailed")).withMessage("full")
                .withFirstTimestamp("2026-01-01T00:00:00Z").withLastTimestamp("2026-01-01T00:00:09Z").withCount(3)
                .withNewSource().withComponent("provisioner").endSource().withReportingComponent("provisioner")
                .withNewInvolvedObject().withApiVersion("v1").withKind("PersistentVolumeClaim").withNamespace("ns")
                .withName("c").withUid("cu").withResourceVersion("6").endInvolvedObject().build();
    }
}
