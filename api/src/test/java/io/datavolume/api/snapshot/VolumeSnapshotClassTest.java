package io.datavolume.api.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeSnapshotClassTest {

    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void driverAndParametersAreReadAndTheRestIsKept() {
        VolumeSnapshotClass read = json.unmarshal(
                """
                        {"apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshotClass", "metadata": {"name": "fast"},
                         "driver": "example.com", "parameters": {"a": "b"}, "deletionPolicy": "Delete"}
                        """,
                VolumeSnapshotClass.class);
        assertEquals("example.com", read.getDriver());
        assertEquals(Map.of("a", "b"), read.getParameters());
        assertTrue(json.asJson(read).contains("\"deletionPolicy\":\"Delete\""), () -> json.asJson(read));
    }

    @Test
    void missingFieldsReadAsEmpty() {
        VolumeSnapshotClass read = json.unmarshal("{\"driver\": null, \"parameters\": null}",
                VolumeSnapshotClass.class);
        assertEquals("", read.getDriver());
        assertEquals(Map.of(), read.getParameters());
    }
}
