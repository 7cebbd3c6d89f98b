package io.datavolume.standalone.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolumeStateTest {

    private static DataVolume volume(String phase, String message) {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: disk, namespace: default}
                spec: {source: {blank: {}}}
                status:
                  phase: %s
                  conditions: [{type: Running, status: "False", reason: Error, message: "%s"}]
                """.formatted(phase, message), DataVolume.class);
    }

    private static PersistentVolumeClaim claim(Map<String, String> annotations) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("disk").withAnnotations(annotations)
                .endMetadata().build();
    }

    private static Optional<Reason> failure(String phase, String message, Map<String, String> more) {
        Map<String, String> annotations = new HashMap<>(more);
        annotations.put(PodAnnotations.RUNNING, "false");
        annotations.put(PodAnnotations.RUNNING_MESSAGE, message);
        return VolumeState.of(volume(phase, message), Optional.of(claim(annotations))).failure();
    }

    @Test
    void workersFiguresBecomeProgress() {
        VolumeState state = VolumeState.of(volume("ImportInProgress", ""),
                Optional.of(claim(Map.of(PodAnnotations.RUNNING, "true", ProgressAnnotations.STAGE, "transferring",
                        ProgressAnnotations.BYTES, "50", ProgressAnnotations.TOTAL, "200", ProgressAnnotations.RATE,
                        "10"))));
        assertEquals(25, state.progress().orElseThrow().percent());
        assertEquals(15, state.progress().orElseThrow().secondsLeft());
        assertTrue(state.failure().isEmpty());
    }

    @Test
    void figuresThatAreNoneAreUnknown() {
        VolumeState state = VolumeState.of(volume("ImportInProgress", ""),
                Optional.of(claim(Map.of(PodAnnotations.RUNNING, "true", ProgressAnnotations.STAGE, "transferring",
                        ProgressAnnotations.BYTES, "-1e99", ProgressAnnotations.TOTAL, "many"))));
        assertEquals(-1, state.progress().orElseThrow().percent());
    }

    @Test
    void whatStopsADataVolumeHasAReason() {
        Map<String, String> tried = Map.of(RetryAnnotations.ATTEMPTS, "1");
        assertEquals(Optional.of(Reason.NOT_FOUND), failure("ImportInProgress", "404 Not Found", tried));
        assertEquals(Optional.of(Reason.TOO_LARGE),
                failure("ImportInProgress", "DataVolume too small to contain image", tried));
        assertEquals(Optional.of(Reason.REFUSED_IMAGE),
                failure("Failed", "Refused", Map.of(ImportAnnotations.FATAL_ERROR, "true")));
        assertEquals(Optional.of(Reason.CHECKSUM), failure("Failed", "mismatch",
                Map.of(ImportAnnotations.FATAL_ERROR, "true", PodAnnotations.RUNNING_REASON, "ChecksumError")));
    }

    @Test
    void whatIsTriedAgainBySelfIsNoFailure() {
        assertEquals(Optional.empty(), failure("ImportInProgress", "connection reset", Map.of()));
    }

    @Test
    void conditionsMessageIsTheNote() {
        assertEquals("waits", VolumeState.of(volume("Pending", "waits"), Optional.empty()).note());
    }

    @Test
    void failureIsToldBeforeTheConditionsKnowOfIt() {
        VolumeState state = VolumeState.of(volume("ImportInProgress", "the claim is pending"),
                Optional.of(claim(Map.of(PodAnnotations.RUNNING, "false", PodAnnotations.RUNNING_MESSAGE,
                        "404 Not Found", RetryAnnotations.ATTEMPTS, "1"))));
        assertEquals("404 Not Found", state.note());
    }

    @Test
    void whatIsNotSupportedIsWrongUsage() {
        DataVolume volume = new KubernetesSerialization().unmarshal("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: disk, namespace: default}
                spec: {source: {upload: {}}}
                status:
                  phase: Pending
                  conditions: [{type: Bound, status: "False", reason: NotSupported, message: not yet}]
                """, DataVolume.class);
        assertEquals(new VolumeState(Phase.PENDING, Optional.empty(), "not yet", Optional.of(Reason.USAGE), 0),
                VolumeState.of(volume, Optional.empty()));
    }

    @Test
    void claimOfAUserHasStatesOfItsOwn() {
        assertEquals(Phase.PENDING, VolumeState.of(claim(Map.of()), false).phase());
        assertEquals(Phase.WAIT_FOR_FIRST_CONSUMER, VolumeState.of(claim(Map.of()), true).phase());
        VolumeState failed = VolumeState.of(claim(Map.of(PodAnnotations.PHASE, "Running", PodAnnotations.RUNNING,
                "false", PodAnnotations.RUNNING_MESSAGE, "404 Not Found", RetryAnnotations.ATTEMPTS, "2")), true);
        assertEquals(new VolumeState(Phase.IMPORT_IN_PROGRESS, Optional.empty(), "404 Not Found",
                Optional.of(Reason.NOT_FOUND), 2), failed);
        assertEquals(Phase.FAILED,
                VolumeState.of(claim(Map.of(ImportAnnotations.FATAL_ERROR, "true")), false).phase());
        PersistentVolumeClaim bound = new PersistentVolumeClaimBuilder(claim(Map.of(RetryAnnotations.ATTEMPTS, "2",
                PodAnnotations.RUNNING, "false"))).withNewStatus().withPhase("Bound").endStatus().build();
        assertTrue(VolumeState.of(bound, false).isComplete());
        assertEquals(Optional.empty(), VolumeState.of(bound, false).failure());
    }
}
