package io.datavolume.controller.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeSource;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.DataVolumeStatus;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.api.wire.Reasons;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.TypedObjectReferenceBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Population IMPORT = new ImportPopulation();

    @Test
    void dataVolumeWithoutClaimIsPendingAtOnce() {
        StatusPlan plan = plan(Phase.UNSET, Optional.empty());
        assertEquals("Pending", plan.status().phase());
        assertEquals("N/A", plan.status().progress());
        assertCondition(plan, "Bound", "False", "NotFound", "No PVC found");
        assertCondition(plan, "Ready", "False", "", "");
        assertCondition(plan, "Running", "False", "", "");
    }

    @ParameterizedTest
    @CsvSource({
        "'',        Bound, ImportScheduled",
        "Pending,   Bound, ImportScheduled",
        "Running,   Bound, ImportInProgress",
        "Failed,    Bound, ImportScheduled",
        "Unknown,   Bound, ImportScheduled",
        "Succeeded, Bound, Succeeded"})
    void phaseFollowsThePod(String pod, String claim, String phase) {
        Map<String, String> annotations = started();
        if (!pod.isEmpty()) {
            annotations.put(PodAnnotations.PHASE, pod);
        }
        assertEquals(phase, plan(Phase.PVC_BOUND, Optional.of(claim(claim, annotations))).status().phase());
    }

    @Test
    void fatalErrorFails() {
        Map<String, String> annotations = started();
        annotations.put(PodAnnotations.PHASE, "Failed");
        annotations.put(ImportAnnotations.FATAL_ERROR, "true");
        StatusPlan plan = plan(Phase.IMPORT_IN_PROGRESS, Optional.of(claim("Bound", annotations)));
        assertEquals("Failed", plan.status().phase());
        assertTrue(plan.notices()
                .contains(Notice.warning(Reasons.IMPORT_FAILED, "Failed to import into PVC disk")));
    }

    @Test
    void boundClaimIsSeenAsBoundBeforeItsPodIsNamed() {
        StatusPlan plan = plan(Phase.PENDING, Optional.of(claim("Bound", new HashMap<>())));
        assertEquals("PVCBound", plan.status().phase());
        assertCondition(plan, "Bound", "True", "Bound", "PVC disk Bound");
        assertTrue(plan.notices().contains(Notice.normal("Bound", "PVC disk Bound")));
    }

    @Test
    void lostClaimFails() {
        assertEquals("Failed", plan(Phase.PENDING, Optional.of(claim("Lost", started()))).status().phase());
    }

    @Test
    void claimThatWaitsForItsConsumerSaysSo() {
        PersistentVolumeClaim claim = claim("Pending", new HashMap<>());
        Seen seen = new Seen(dataVolume(Phase.PENDING), Optional.of(claim), Optional.empty(),
                BindingMode.WAIT_FOR_FIRST_CONSUMER, true, false);
        assertEquals("WaitForFirstConsumer",
                StatusPlanner.plan(seen, IMPORT, Optional.empty(), NOW).status().phase());
        PersistentVolumeClaim populated = populated("Pending", new HashMap<>());
        seen = new Seen(dataVolume(Phase.PENDING), Optional.of(populated), Optional.empty(),
                BindingMode.WAIT_FOR_FIRST_CONSUMER, true, false);
        assertEquals("PendingPopulation", StatusPlanner.plan(seen, IMPORT, Optional.empty(), NOW).status().phase());
    }

    @Test
    void populatedClaimFollowsItsPrimeClaim() {
        Map<String, String> annotations = new HashMap<>(Map.of(PodAnnotations.PHASE, "Running"));
        PersistentVolumeClaim target = populated("Pending", annotations);
        PersistentVolumeClaim prime = claim("Bound", new HashMap<>(Map.of(ImportAnnotations.POD_NAME, "importer")));
        Seen seen = new Seen(dataVolume(Phase.IMPORT_SCHEDULED), Optional.of(target), Optional.of(prime),
                BindingMode.IMMEDIATE, true,
                false);
        assertEquals("ImportInProgress", StatusPlanner.plan(seen, IMPORT, Optional.empty(), NOW).status().phase());
    }

    @Test
    void runningShowsProgressInWords() {
        Map<String, String> annotations = started();
        annotations.put(PodAnnotations.PHASE, "Running");
        annotations.put(PodAnnotations.RUNNING, "true");
        annotations.put(PodAnnotations.RUNNING_REASON, Reasons.POD_RUNNING);
        annotations.put(PodAnnotations.RUNNING_MESSAGE, "");
        annotations.put(Annotations.POPULATOR_PROGRESS, "25.00%");
        annotations.put(ProgressAnnotations.STAGE, "transferring");
        annotations.put(ProgressAnnotations.BYTES, "1073741824");
        annotations.put(ProgressAnnotations.TOTAL, "4294967296");
        annotations.put(ProgressAnnotations.RATE, "104857600");
        annotations.put(ProgressAnnotations.TIME_LEFT, "31");
        StatusPlan plan = plan(Phase.IMPORT_SCHEDULED, Optional.of(claim("Bound", annotations)));
        assertCondition(plan, "Running", "True", Reasons.POD_RUNNING,
                "transferring: 1.0 GiB of 4.0 GiB, 100.0 MiB/s, 31 s left");
        assertCondition(plan, "Ready", "False", "TransferRunning", "");
        assertEquals("25.00%", plan.status().progress());
        assertEquals(List.of(Notice.normal(Reasons.IMPORT_IN_PROGRESS, "Import into disk in progress"),
                Notice.normal("Bound", "PVC disk Bound")), plan.notices());
    }

    @Test
    void failureIsTold() {
        Map<String, String> annotations = started();
        annotations.put(PodAnnotations.PHASE, "Running");
        annotations.put(PodAnnotations.RUNNING, "false");
        annotations.put(PodAnnotations.RUNNING_REASON, "Error");
        annotations.put(PodAnnotations.RUNNING_MESSAGE, "404");
        annotations.put(PodAnnotations.RESTARTS, "3");
        StatusPlan plan = plan(Phase.IMPORT_IN_PROGRESS, Optional.of(claim("Bound", annotations)));
        assertEquals("ImportInProgress", plan.status().phase());
        assertEquals(3, plan.status().restartCount());
        assertTrue(plan.notices().contains(Notice.warning("Error", "404")));
    }

    @Test
    void pendingClaimSaysWhatItWaitsFor() {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(PodAnnotations.BOUND, "false");
        annotations.put(PodAnnotations.BOUND_REASON, "Pending");
        annotations.put(PodAnnotations.BOUND_MESSAGE, "waiting for a volume");
        annotations.put(Annotations.PVC_PRIME, "prime-1");
        assertCondition(plan(Phase.PENDING, Optional.of(claim("Pending", annotations))), "Bound", "False", "Pending",
                "target PVC disk Pending and [prime-1] : waiting for a volume");
    }

    @Test
    void whatStandsInTheWayIsTheBoundCondition() {
        Notice why = Notice.warning(Reasons.EXCEEDED_QUOTA, "exceeded quota: q");
        StatusPlan plan = StatusPlanner.plan(seen(Phase.UNSET, Optional.empty()), IMPORT,
                Optional.of(PhasePlan.forced(Phase.PENDING, why)), NOW);
        assertEquals("Pending", plan.status().phase());
        assertCondition(plan, "Bound", "False", "ErrExceededQuota", "exceeded quota: q");
        assertEquals(List.of(why), plan.notices());
    }

    @Test
    void sameStateSaysNothingNew() {
        PersistentVolumeClaim claim = claim("Bound", started());
        StatusPlan first = plan(Phase.PVC_BOUND, Optional.of(claim));
        DataVolume after = dataVolume(Phase.PVC_BOUND);
        after.setStatus(first.status());
        StatusPlan second = StatusPlanner.plan(
                new Seen(after, Optional.of(claim), Optional.empty(), BindingMode.IMMEDIATE, true, false), IMPORT,
                Optional.empty(),
                NOW.plusSeconds(60));
        assertEquals(first.status(), second.status());
        assertEquals(List.of(), second.notices());
    }

    private static StatusPlan plan(Phase present, Optional<PersistentVolumeClaim> claim) {
        return StatusPlanner.plan(seen(present, claim), IMPORT, Optional.empty(), NOW);
    }

    private static Seen seen(Phase present, Optional<PersistentVolumeClaim> claim) {
        return new Seen(dataVolume(present), claim, Optional.empty(), BindingMode.IMMEDIATE, true, false);
    }

    private static Map<String, String> started() {
        return new HashMap<>(Map.of(ImportAnnotations.POD_NAME, "importer-disk"));
    }

    private static DataVolume dataVolume(Phase phase) {
        DataVolume dataVolume = new DataVolume();
        dataVolume.setMetadata(new ObjectMetaBuilder().withName("disk").withNamespace("ns").withUid("dv").build());
        dataVolume.setSpec(new DataVolumeSpec(
                new DataVolumeSource(null, null, null, null, new BlankSource(Map.of()), null, null, null, null, null,
                        Map.of()),
                null, null, null, "", null, "", "", List.of(), null, Map.of()));
        dataVolume.setStatus(new DataVolumeStatus("", phase.text(), "", null, List.of(), Map.of()));
        return dataVolume;
    }

    private static PersistentVolumeClaim claim(String phase, Map<String, String> annotations) {
        annotations.put(Annotations.CREATED_FOR_DATA_VOLUME, "dv");
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("disk").withNamespace("ns")
                .withAnnotations(annotations).endMetadata().withNewSpec().endSpec().withNewStatus().withPhase(phase)
                .endStatus().build();
    }

    private static PersistentVolumeClaim populated(String phase, Map<String, String> annotations) {
        annotations.put(Annotations.USE_POPULATOR, "true");
        PersistentVolumeClaim claim = claim(phase, annotations);
        claim.getSpec().setDataSourceRef(new TypedObjectReferenceBuilder().withName("source").build());
        return claim;
    }

    private static void assertCondition(StatusPlan plan, String type, String status, String reason, String message) {
        Condition condition = Condition.find(plan.status().conditions(), type).orElseThrow();
        assertEquals(List.of(status, reason, message),
                List.of(condition.status(), condition.reason(), condition.message()));
    }
}
