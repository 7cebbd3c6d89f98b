package io.datavolume.controller.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Labels;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.RetryAnnotations;
import io.datavolume.image.failure.NeedsUserException;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodMirrorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void runningPodIsSeenAsRunning() {
        PodMirror mirror = mirror(Map.of(), Claims.running());
        assertSays(mirror, "Running", "true", Reasons.POD_RUNNING, "");
        assertEquals("true", mirror.annotations().get(PodAnnotations.SCHEDULABLE));
        assertEquals("0", mirror.annotations().get(PodAnnotations.RESTARTS));
    }

    @Test
    void missingImageNamesTheImage() {
        assertSays(mirror(Map.of(), Claims.waiting("ErrImagePull", "no such host")), "Pending", "false",
                Reasons.IMAGE_PULL_FAILED, "failed to pull image: image");
    }

    @Test
    void containerThatIsBeingMadeSaysSo() {
        assertSays(mirror(Map.of(), Claims.waiting("ContainerCreating", "")), "Pending", "false", "ContainerCreating",
                "");
    }

    @Test
    void completedImportSucceedsBeforeThePodSaysSo() {
        PodMirror mirror = mirror(Map.of(), Claims.ended("Running", 0, "Completed", 0,
                "{\"outcome\":\"COMPLETE\",\"message\":\"Import Complete\",\"preallocationApplied\":true,"
                        + "\"labels\":{\"instancetype.kubevirt.io/default-instancetype\":\"u1.small\",\"bad key\":\"x\"}}"));
        assertSays(mirror, "Succeeded", "false", "Completed", "Import Complete");
        assertEquals("true", mirror.annotations().get(Annotations.PREALLOCATION));
        assertTrue(mirror.annotations().keySet().containsAll(ProgressAnnotations.ALL));
        ProgressAnnotations.ALL.forEach(key -> assertNull(mirror.annotations().get(key), key));
        assertEquals(Map.of("instancetype.kubevirt.io/default-instancetype", "u1.small"), mirror.labels());
        assertFalse(mirror.replace());
    }

    @Test
    void theArchitectureOfAnImageIsALabelUnlessItsBuilderNamedAnother() {
        String result = "{\"outcome\":\"COMPLETE\",\"message\":\"Import Complete\",\"architecture\":\"arm64\"";
        assertEquals(Map.of(Labels.ARCHITECTURE, "arm64"),
                mirror(Map.of(), Claims.ended("Succeeded", 0, "Completed", 0, result + "}")).labels());
        assertEquals(Map.of(Labels.ARCHITECTURE, "s390x"), mirror(Map.of(), Claims.ended("Succeeded", 0, "Completed",
                0, result + ",\"labels\":{\"" + Labels.ARCHITECTURE + "\":\"s390x\"}}")).labels());
    }

    @Test
    void scratchSpaceIsNoLongerWaitedForOnceThePodHasStarted() {
        Map<String, String> waits = Map.of(PodAnnotations.BOUND, "false", PodAnnotations.BOUND_REASON,
                Reasons.CREATING_SCRATCH_SPACE, PodAnnotations.BOUND_MESSAGE, Messages.CREATING_SCRATCH_SPACE);
        assertFalse(mirror(waits, Claims.waiting("ContainerCreating", "")).annotations()
                .containsKey(PodAnnotations.BOUND));
        Map<String, @Nullable String> started = mirror(waits, Claims.running()).annotations();
        assertTrue(started.containsKey(PodAnnotations.BOUND));
        assertNull(started.get(PodAnnotations.BOUND));
        assertNull(started.get(PodAnnotations.BOUND_REASON));
    }

    @Test
    void checksumMismatchIsFinal() {
        PodMirror mirror = mirror(Map.of(), needsUser("CHECKSUM", "checksum mismatch: expected a, calculated b"));
        assertSays(mirror, "Failed", "false", Reasons.CHECKSUM_ERROR, "checksum mismatch: expected a, calculated b");
        assertEquals("true", mirror.annotations().get(ImportAnnotations.FATAL_ERROR));
        assertEquals(Optional.of("checksum mismatch: expected a, calculated b"), mirror.failure());
    }

    @Test
    void refusedImageIsFinal() {
        PodMirror mirror = mirror(Map.of(), needsUser("REFUSED_IMAGE", "qcow2.backing-file at 8: /etc/passwd"));
        assertSays(mirror, "Failed", "false", Reasons.ERROR, "qcow2.backing-file at 8: /etc/passwd");
        assertEquals("true", mirror.annotations().get(ImportAnnotations.FATAL_ERROR));
    }

    @Test
    void whatTheUserCanMendStaysInProgressAndIsTriedAgain() {
        PodMirror mirror = mirror(Map.of(), needsUser("NOT_FOUND", "404 for disk.qcow2"));
        assertSays(mirror, "Running", "false", Reasons.ERROR, "404 for disk.qcow2");
        assertEquals("1", mirror.annotations().get(RetryAnnotations.ATTEMPTS));
        assertEquals("2026-01-01T00:01:00Z", mirror.annotations().get(RetryAnnotations.NEXT));
    }

    @Test
    void reasonsAreThoseOfTheDataPlane() {
        for (String reason : List.of(WorkerAnswer.CHECKSUM, WorkerAnswer.REFUSED_IMAGE, WorkerAnswer.TOO_LARGE,
                WorkerAnswer.NO_SPACE)) {
            assertEquals(reason, NeedsUserException.Reason.valueOf(reason).name());
        }
    }

    @Test
    void tooSmallClaimSaysSoAndWhatToAskFor() {
        PodMirror mirror = mirror(Map.of(), needsUser("TOO_LARGE", "ask for 2Gi"));
        assertEquals(Messages.TOO_SMALL + ": ask for 2Gi", mirror.annotations().get(PodAnnotations.RUNNING_MESSAGE));
    }

    @Test
    void sameFailureIsToldOnce() {
        Pod pod = Claims.ended("Running", 1, "Error", 2, "connection reset");
        PodMirror first = mirror(Map.of(), pod);
        assertEquals(Optional.of("connection reset"), first.failure());
        assertEquals("2", first.annotations().get(PodAnnotations.RESTARTS));
        Map<String, String> shown = new HashMap<>();
        first.annotations().forEach((key, value) -> {
            if (value != null) {
                shown.put(key, value);
            }
        });
        assertEquals(Optional.empty(), mirror(shown, pod).failure());
    }

    @Test
    void restartsNeverShrink() {
        PodMirror mirror = mirror(Map.of(PodAnnotations.RESTARTS, "5"),
                Claims.ended("Running", 1, "Error", 2, "connection reset"));
        assertFalse(mirror.annotations().containsKey(PodAnnotations.RESTARTS));
    }

    @Test
    void workerThatNeedsScratchIsReplacedByOneThatHasIt() {
        PodMirror mirror = mirror(Map.of(), Claims.ended("Succeeded", 0, "Completed", 0,
                "{\"outcome\":\"NEEDS_SCRATCH\",\"message\":\"too much before its mapping\",\"scratchBytes\":4096}"));
        assertTrue(mirror.replace());
        assertEquals("true", mirror.annotations().get(ImportAnnotations.REQUIRES_SCRATCH));
        assertEquals("4096", mirror.annotations().get(RetryAnnotations.SCRATCH_BYTES));
        assertEquals(Messages.SCRATCH_REQUIRED, mirror.annotations().get(PodAnnotations.RUNNING_MESSAGE));
        assertFalse(mirror.annotations().containsKey(PodAnnotations.PHASE));
    }

    @Test
    void workerThatRanOutOfMemoryComesBackWithDirectIo() {
        Pod killed = Claims.ended("Running", 137, "OOMKilled", 1, "");
        assertEquals("true", mirror(Map.of(), killed).annotations().get(ImportAnnotations.REQUIRES_DIRECT_IO));
        assertTrue(mirror(Map.of(), killed).replace());
        // Seen once more before it is gone.
        Map<String, String> told = Map.of(ImportAnnotations.REQUIRES_DIRECT_IO, "true");
        assertEquals("true", mirror(told, killed).annotations().get(ImportAnnotations.REQUIRES_DIRECT_IO));
        killed.getSpec().getContainers().getFirst().setEnv(List.of(new EnvVarBuilder().withName("TRANSFER_SPEC")
                .withValue("{\"source\": {\"location\": \"blank:\"}, \"target\": {\"path\": \"/data\", \"cache\": "
                        + "\"direct\"}}")
                .build()));
        assertEquals("false", mirror(told, killed).annotations().get(ImportAnnotations.REQUIRES_DIRECT_IO));
    }

    @Test
    void terminationMessageThatIsNoResultIsShownAsItIs() {
        assertSays(mirror(Map.of(), Claims.ended("Running", 1, "Error", 0, "first\nUnable to process data")), "Running",
                "false", "Error", "Unable to process data");
        assertSays(mirror(Map.of(), Claims.ended("Running", 1, "Error", 0, "{\"outcome\":7")), "Running", "false",
                "Error", "{\"outcome\":7");
    }

    private static PodMirror mirror(Map<String, String> annotations, Pod pod) {
        PersistentVolumeClaim claim = Claims.claim("Bound", annotations);
        return PodMirror.of(claim, pod, NOW);
    }

    private static Pod needsUser(String reason, String message) {
        return Claims.ended("Succeeded", 0, "Completed", 0, "{\"outcome\":\"NEEDS_USER\",\"reason\":\"" + reason
                + "\",\"message\":\"" + message + "\"}");
    }

    private static void assertSays(PodMirror mirror, String phase, String running, String reason, String message) {
        assertEquals(phase, mirror.annotations().get(PodAnnotations.PHASE));
        assertEquals(running, mirror.annotations().get(PodAnnotations.RUNNING));
        assertEquals(reason, mirror.annotations().get(PodAnnotations.RUNNING_REASON));
        assertEquals(message, mirror.annotations().get(PodAnnotations.RUNNING_MESSAGE));
    }
}
