package io.datavolume.controller.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> ASKED = Map.of(ImportAnnotations.SOURCE, "http",
            ImportAnnotations.ENDPOINT, "http://localhost/disk.qcow2");
    private static final String POD = "importer-disk";

    @Test
    void claimThatAsksForNothingIsLeftAlone() {
        assertInstanceOf(ImportStep.Nothing.class, plan("Bound", Map.of(), Optional.empty()));
    }

    @Test
    void claimOfAnotherPopulatorIsLeftAlone() {
        assertInstanceOf(ImportStep.Nothing.class,
                plan("Bound", with(Annotations.EXTERNAL_POPULATION, "true"), Optional.empty()));
    }

    @Test
    void unboundClaimWaitsForItsFirstConsumer() {
        assertInstanceOf(ImportStep.Nothing.class, plan("Pending", ASKED, Optional.empty()));
    }

    @Test
    void unboundClaimThatIsToBeBoundAtOnceGetsAPodAndIsNotWritten() {
        Map<String, String> atOnce = with(Annotations.BIND_IMMEDIATE, "");
        assertInstanceOf(ImportStep.CreatePod.class, plan("Pending", atOnce, Optional.empty()));
        Pod pod = Claims.pod("Pending");
        pod.getMetadata().setCreationTimestamp(NOW.minusSeconds(4).toString());
        assertEquals(new ImportStep.Wait(Duration.ofSeconds(6)), plan("Pending", atOnce, Optional.of(pod)));
        assertInstanceOf(ImportStep.Mirror.class, plan("Bound", atOnce, Optional.of(pod)));
        for (int age : new int[]{10, 60, -60}) {
            pod.getMetadata().setCreationTimestamp(NOW.minusSeconds(age).toString());
            assertInstanceOf(ImportStep.Mirror.class, plan("Pending", atOnce, Optional.of(pod)));
        }
        Pod running = Claims.pod("Running");
        running.getMetadata().setCreationTimestamp(NOW.toString());
        assertInstanceOf(ImportStep.Mirror.class, plan("Pending", atOnce, Optional.of(running)));
    }

    @Test
    void podIsNamedBeforeItIsCreated() {
        assertInstanceOf(ImportStep.NamePod.class, plan("Bound", ASKED, Optional.empty()));
        assertInstanceOf(ImportStep.CreatePod.class,
                plan("Bound", with(ImportAnnotations.POD_NAME, POD), Optional.empty()));
    }

    @Test
    void whatAnUnboundClaimWaitsForIsShownAndGoesWithTheNextWrite() {
        Map<String, @Nullable String> why = new HashMap<>(Map.of(PodAnnotations.BOUND, "false"));
        ImportStep.ShowBound show = assertInstanceOf(ImportStep.ShowBound.class, bound("Pending", ASKED, why));
        assertEquals(true, show.patch().body().toString().contains(PodAnnotations.BOUND + "=false"));
        why.put(PodAnnotations.BOUND, null);
        ImportStep.NamePod name = assertInstanceOf(ImportStep.NamePod.class, bound("Bound", ASKED, why));
        assertEquals(true, name.patch().body().toString().contains(PodAnnotations.BOUND + "=null"));
        assertInstanceOf(ImportStep.ShowBound.class,
                bound("Bound", with(PodAnnotations.PHASE, "Succeeded"), why));
    }

    private static ImportStep bound(String phase, Map<String, String> annotations,
            Map<String, @Nullable String> changes) {
        return ImportPlanner.plan(new ImportPlanner.Seen(Claims.claim(phase, annotations), Optional.empty(), List.of(),
                changes, true), () -> "b", NOW);
    }

    @ParameterizedTest
    @CsvSource({"storage.import.source,s3,source s3", "storage.import.source,vddk,source vddk",
        "storage.contentType,archive,contentType archive",
        "storage.import.registryImageStream,true,source registry with imageStream",
        "storage.import.registryImportMethod,node,source registry with pullMethod node",
        "storage.checkpoint.current,one,import in stages (checkpoints)"})
    void whatIsNotDoneYetIsSaidOnTheClaimOnce(String annotation, String value, String what) {
        Map<String, String> asked = with("cdi.kubevirt.io/" + annotation, value);
        ImportStep.Refuse refuse = assertInstanceOf(ImportStep.Refuse.class, plan("Bound", asked, Optional.empty()));
        assertEquals(what + " is not supported yet", refuse.message());
        asked.put(PodAnnotations.RUNNING_MESSAGE, refuse.message());
        assertInstanceOf(ImportStep.Nothing.class, plan("Bound", asked, Optional.empty()));
    }

    @Test
    void claimInUseIsNotTouched() {
        Pod other = Claims.pod("Running");
        ImportStep step = planned(Claims.claim("Bound", ASKED), Optional.empty(), List.of(other), true, "b",
                NOW);
        assertEquals(List.of(other), assertInstanceOf(ImportStep.TellInUse.class, step).users());
        Pod done = Claims.pod("Succeeded");
        assertInstanceOf(ImportStep.NamePod.class, planned(Claims.claim("Bound", ASKED), Optional.empty(),
                List.of(done), true, "b", NOW));
    }

    @Test
    void completeClaimNeedsNoPodAndKeepsNone() {
        Map<String, String> complete = with(PodAnnotations.PHASE, "Succeeded");
        assertInstanceOf(ImportStep.Nothing.class, plan("Bound", complete, Optional.empty()));
        assertInstanceOf(ImportStep.DeletePod.class, plan("Bound", complete, Optional.of(Claims.pod("Succeeded"))));
        complete.put(Annotations.RETAIN_AFTER_COMPLETION, "true");
        assertInstanceOf(ImportStep.Nothing.class, plan("Bound", complete, Optional.of(Claims.pod("Succeeded"))));
    }

    @Test
    void finalFailureIsNotTriedAgain() {
        assertInstanceOf(ImportStep.Nothing.class,
                plan("Bound", with(ImportAnnotations.FATAL_ERROR, "true"), Optional.empty()));
    }

    @Test
    void failureThatTheUserCanMendWaitsForItsTimeOrAChange() {
        Map<String, String> failed = with(ImportAnnotations.POD_NAME, POD);
        failed.put(RetryAnnotations.ATTEMPTS, "1");
        failed.put(RetryAnnotations.NEXT, "2026-01-01T00:01:00Z");
        failed.put(RetryAnnotations.BASIS, "b");
        failed.put(RetryAnnotations.POD, "pod-uid");
        Optional<Pod> pod = Optional.of(Claims.pod("Succeeded"));
        assertInstanceOf(ImportStep.Wait.class, plan("Bound", failed, pod));
        assertInstanceOf(ImportStep.DeletePod.class, planned(Claims.claim("Bound", failed), pod, List.of(),
                true, "b", NOW.plusSeconds(61)));
        assertInstanceOf(ImportStep.DeletePod.class,
                planned(Claims.claim("Bound", failed), pod, List.of(), true, "changed", NOW));
        assertInstanceOf(ImportStep.CreatePod.class, planned(Claims.claim("Bound", failed),
                Optional.empty(), List.of(), true, "changed", NOW));
    }

    @Test
    void whatIsKnownAlreadyIsNotWrittenAgain() {
        Pod running = Claims.running();
        ImportStep.Mirror first = assertInstanceOf(ImportStep.Mirror.class, plan("Bound", ASKED, Optional.of(running)));
        Map<String, String> written = new HashMap<>(ASKED);
        PodMirror.of(Claims.claim("Bound", ASKED), running, NOW).annotations().forEach((key, value) -> {
            if (value != null) {
                written.put(key, value);
            }
        });
        assertEquals(true, first.patch().isPresent());
        var claim = Claims.claim("Bound", written);
        claim.getMetadata().setLabels(Map.of("app", "containerized-data-importer"));
        ImportStep.Mirror again = assertInstanceOf(ImportStep.Mirror.class,
                planned(claim, Optional.of(running), List.of(), true, "b", NOW));
        assertEquals(Optional.empty(), again.patch());
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> annotations = new HashMap<>(ASKED);
        annotations.put(key, value);
        return annotations;
    }

    private static ImportStep planned(PersistentVolumeClaim claim, Optional<Pod> worker, List<Pod> users,
            boolean honorsFirstConsumer, String basis, Instant now) {
        return ImportPlanner.plan(new ImportPlanner.Seen(claim, worker, users, Map.of(), honorsFirstConsumer),
                () -> basis, now);
    }

    private static ImportStep plan(String phase, Map<String, String> annotations, Optional<Pod> worker) {
        return planned(Claims.claim(phase, annotations), worker, List.of(), true, "b", NOW);
    }
}
