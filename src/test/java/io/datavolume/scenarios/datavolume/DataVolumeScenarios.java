package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Owners;
import io.datavolume.api.cluster.Patch;
import io.datavolume.api.cluster.Selection;
import io.datavolume.api.v1beta1.Condition;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ConditionTypes;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.Reasons;
import io.datavolume.api.wire.RetryAnnotations;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see of their DataVolumes, the same wherever they are. */
@Timeout(300)
abstract class DataVolumeScenarios extends OnBed {

    /** Of an import; one that is short may be passed over. */
    private static final List<Phase> ORDER = List.of(Phase.UNSET, Phase.PENDING, Phase.PVC_BOUND,
            Phase.IMPORT_SCHEDULED, Phase.IMPORT_IN_PROGRESS, Phase.SUCCEEDED);

    @ParameterizedTest
    @ValueSource(strings = {Bed.CSI, Bed.PLAIN})
    void imageFromAWebServerBecomesTheDiskOfAClaim(String storageClass) throws Exception {
        Story story = importing("web", Image.DISK, storageClass).awaitPhase(Phase.SUCCEEDED);
        assertEquals("100.0%", story.dataVolume().statusOrEmpty().progress());
        assertEquals("web", story.dataVolume().statusOrEmpty().claimName());
        Condition bound = story.condition(ConditionTypes.BOUND);
        assertEquals(List.of("True", "Bound", "PVC web Bound"),
                List.of(bound.status(), bound.reason(), bound.message()));
        assertEquals("True", story.condition(ConditionTypes.READY).status());
        Condition running = story.condition(ConditionTypes.RUNNING);
        assertEquals(List.of("False", "Completed", "Import Complete"),
                List.of(running.status(), running.reason(), running.message()));
        bed.assertHolds(story.claim(), Image.DISK);
        story.awaitGone(Kinds.POD).awaitGone(Kinds.VOLUME_IMPORT_SOURCE);
        story.awaitOneClaim();
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.IMPORT_SUCCEEDED);
        List<Phase> phases = story.phases();
        assertTrue(ORDER.stream().filter(phases::contains).toList().equals(phases), phases.toString());
    }

    @Test
    void blankDiskNeedsNoSource() throws Exception {
        Story story = volume("empty", "source: {blank: {}}", Bed.CSI, "", "resources: {requests: {storage: 40Mi}}, ");
        story.awaitPhase(Phase.SUCCEEDED);
        assertEquals("100.0%", story.dataVolume().statusOrEmpty().progress());
    }

    @Test
    void sizeThatIsLeftOutIsReadFromTheImage() throws Exception {
        Story story = volume("sized", "source: {http: {url: \"" + bed.url(Image.LARGE) + "\"}}", Bed.CSI, "", "");
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.SIZE_DETECTED).awaitPhase(Phase.SUCCEEDED);
        long size = Objects.requireNonNull(story.claim().getSpec().getResources().getRequests().get("storage"))
                .getNumericalAmount().longValueExact();
        assertTrue(size > Image.LARGE.size() && size < Image.LARGE.size() * 3 / 2, String.valueOf(size));
        story.awaitGone(Kinds.POD);
    }

    @Test
    void claimThatIsTooSmallKeepsItsImportInProgressAndSaysSo() throws Exception {
        Story story = importing("small", Image.LARGE, Bed.PLAIN);
        story.await("it says so", () -> story.dataVolume().condition(ConditionTypes.RUNNING)
                .filter(condition -> condition.message().startsWith(Messages.TOO_SMALL)).isPresent());
        String message = story.condition(ConditionTypes.RUNNING).message();
        assertTrue(message.matches(".*A larger PVC is required: at least 1\\d\\dMi.*"), message);
        assertEquals(Reasons.ERROR, story.condition(ConditionTypes.RUNNING).reason());
        assertEquals(Phase.IMPORT_IN_PROGRESS, story.phase());
        assertEquals(0, story.dataVolume().statusOrEmpty().restartCount());
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.ERROR);
        story.delete();
        assertNothingIsLeft(story);
    }

    @ParameterizedTest
    @ValueSource(strings = {Bed.CSI, Bed.PLAIN})
    void imageThatIsRefusedEndsInFailed(String storageClass) throws Exception {
        Story story = importing("delta", Image.DELTA, storageClass).awaitPhase(Phase.FAILED);
        assertTrue(story.condition(ConditionTypes.RUNNING).message().contains("backing-file"), story.toString());
        assertEquals("False", story.condition(ConditionTypes.READY).status());
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.IMPORT_FAILED);
        story.delete();
        assertNothingIsLeft(story);
    }

    @ParameterizedTest
    @ValueSource(strings = {Bed.CSI, Bed.PLAIN})
    void sourceThatTheUserPutsRightIsTriedAgainAtOnce(String storageClass) throws Exception {
        Story story = importing("later", Image.LATER, storageClass);
        story.await("it says what is missing", () -> story.dataVolume().condition(ConditionTypes.RUNNING)
                .filter(condition -> condition.message().contains("404")).isPresent());
        assertEquals(Phase.IMPORT_IN_PROGRESS, story.phase());
        bed.release();
        bed.cluster().patch(Kinds.DATA_VOLUME, story.key(), Patch.of(story.dataVolume())
                .annotation(RetryAnnotations.REQUESTED, "2026-11-26T00:00:00Z").build());
        story.awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
        assertEquals(0, story.dataVolume().statusOrEmpty().restartCount());
    }

    @ParameterizedTest
    @CsvSource({"true, PENDING_POPULATION", "false, WAIT_FOR_FIRST_CONSUMER"})
    void claimThatWaitsForItsFirstConsumerIsFilledWhenOneComes(String usePopulator, Phase phase) throws Exception {
        Story story = importing("waits", Image.DISK, Bed.WAITS, annotation(Annotations.USE_POPULATOR, usePopulator));
        story.awaitPhase(phase);
        assertTrue(bed.cluster().list(Kinds.POD, Selection.in(namespace)).isEmpty());
        Pod consumer = consumer(story);
        if (usePopulator.equals("false")) {
            // Without a prime claim the worker waits for the pod that has had the claim bound.
            story.awaitEvent(Kinds.CLAIM, Reasons.IMPORT_TARGET_IN_USE);
            delete(consumer);
        }
        story.awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
        if (usePopulator.equals("true")) {
            delete(consumer);
        }
        story.delete();
        assertNothingIsLeft(story);
    }

    private void delete(Pod pod) {
        bed.cluster().delete(Kinds.POD, Key.of(pod), pod.getMetadata().getUid());
    }

    @Test
    void claimIsBoundAtOnceWhereThatIsAskedFor() throws Exception {
        Story story = importing("now", Image.DISK, Bed.WAITS, annotation(Annotations.BIND_IMMEDIATE, ""));
        story.awaitPhase(Phase.SUCCEEDED);
        assertFalse(story.phases().contains(Phase.PENDING_POPULATION), story.phases().toString());
        bed.assertHolds(story.claim(), Image.DISK);
    }

    @Test
    void workerWaitsWhileAnotherPodUsesTheClaim() throws Exception {
        Story story = story("used");
        Pod consumer = consumer(story);
        importing("used", Image.DISK, Bed.PLAIN);
        story.awaitEvent(Kinds.CLAIM, Reasons.IMPORT_TARGET_IN_USE);
        assertNotEquals(Phase.SUCCEEDED, story.phase());
        delete(consumer);
        story.awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
    }

    @ParameterizedTest
    @ValueSource(strings = {Bed.CSI, Bed.PLAIN})
    void claimThatIsDeletedUnderItsWorkerIsMadeAndFilledAgain(String storageClass) throws Exception {
        Story story = importing("again", Image.SLOW, storageClass).awaitReason(ConditionTypes.RUNNING,
                Reasons.POD_RUNNING);
        PersistentVolumeClaim first = story.claim();
        bed.cluster().delete(Kinds.CLAIM, story.key(), first.getMetadata().getUid());
        story.await("there is another claim", () -> bed.cluster().get(Kinds.CLAIM, story.key())
                .filter(claim -> !claim.getMetadata().getUid().equals(first.getMetadata().getUid())).isPresent());
        bed.release();
        story.awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
        story.delete();
        assertNothingIsLeft(story);
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "IMPORT_SCHEDULED", "IMPORT_IN_PROGRESS", "PENDING_POPULATION", "SUCCEEDED"})
    void dataVolumeThatIsDeletedInAPhaseLeavesNothing(Phase phase) throws Exception {
        for (String storageClass : phase == Phase.PENDING_POPULATION
                ? List.of(Bed.WAITS)
                : List.of(Bed.CSI, Bed.PLAIN)) {
            Image image = phase == Phase.SUCCEEDED ? Image.DISK : Image.SLOW;
            Story story = importing("gone", image, phase == Phase.PENDING ? Bed.STATIC : storageClass);
            story.await("it is or was in " + phase, () -> story.phases().contains(phase));
            story.delete();
            assertNothingIsLeft(story);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Bed.CSI, Bed.PLAIN})
    void controllerThatIsStartedAgainAtEveryStepComesToTheSameEnd(String storageClass) throws Exception {
        bed.release();
        bed.controller().stop();
        Story story = importing("restarted", Image.DISK, storageClass);
        int restarts = 0;
        // Whatever one does first is what another has left undone.
        for (; story.phase() != Phase.SUCCEEDED && restarts < 200; restarts++) {
            bed.controller().start();
            story.awaitChange(Duration.ofMillis(300));
            bed.controller().stop();
        }
        bed.controller().start();
        story.awaitPhase(Phase.SUCCEEDED).awaitGone(Kinds.POD).awaitGone(Kinds.VOLUME_IMPORT_SOURCE);
        bed.assertHolds(story.claim(), Image.DISK);
        story.awaitOneClaim();
        assertTrue(restarts > 2, "it was over after " + restarts);
    }

    @Test
    void clockThatJumpsHoldsUpNothing() throws Exception {
        Story story = importing("jumped", Image.LATER, Bed.PLAIN);
        story.awaitReason(ConditionTypes.RUNNING, Reasons.ERROR);
        bed.controller().jump(Duration.ofDays(-400));
        Story other = importing("other", Image.DISK, Bed.CSI).awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(other.claim(), Image.DISK);
        bed.release();
        // What was to be tried after minutes is due now.
        bed.controller().jump(Duration.ofDays(800));
        bed.cluster().patch(Kinds.DATA_VOLUME, story.key(),
                Patch.of(story.dataVolume()).annotation("example.org/touched", "yes").build());
        story.awaitPhase(Phase.SUCCEEDED);
        bed.controller().jump(Duration.ofDays(-400));
    }

    @Test
    void nameOfTwoHundredAndFiftyThreeCharactersIsAsGoodAsAny() throws Exception {
        Story story = importing("n".repeat(253), Image.DISK, Bed.PLAIN).awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
        story.delete();
        assertNothingIsLeft(story);
    }

    @Test
    void claimOfAnotherDataVolumeIsNotTouched() throws Exception {
        Story first = importing("first", Image.DISK, Bed.CSI).awaitPhase(Phase.SUCCEEDED)
                .awaitGone(Kinds.POD);
        DataVolume owner = first.dataVolume();
        Story second = story("second");
        PersistentVolumeClaim claim = second.create(Kinds.CLAIM, claim("second", Bed.CSI, ""));
        bed.cluster().patch(Kinds.CLAIM, second.key(), Patch.of(claim)
                .field(List.of(Owners.controller(owner)), "metadata", "ownerReferences").build());
        importing("second", Image.DISK, Bed.CSI);
        second.awaitEvent(Kinds.DATA_VOLUME, Reasons.RESOURCE_EXISTS);
        assertEquals(owner.getMetadata().getUid(),
                second.claim().getMetadata().getOwnerReferences().getFirst().getUid());
        assertTrue(bed.cluster().list(Kinds.POD, Selection.in(namespace)).isEmpty());
    }

    @Test
    void claimThatIsThereIsAdoptedWhereThatIsAllowed() throws Exception {
        Story story = story("adopted");
        story.create(Kinds.CLAIM, claim("adopted", Bed.PLAIN, ""));
        story.awaitBound();
        importing("adopted", Image.DISK, Bed.PLAIN, annotation(Annotations.ALLOW_CLAIM_ADOPTION, "true"));
        story.awaitPhase(Phase.SUCCEEDED);
        assertEquals(story.dataVolume().getMetadata().getUid(),
                story.claim().getMetadata().getOwnerReferences().getFirst().getUid());
        assertFalse(story.phases().contains(Phase.IMPORT_IN_PROGRESS), story.phases().toString());
    }

    @Test
    void claimThatIsPopulatedForTheDataVolumeCountsAsFilled() throws Exception {
        Story story = story("restored");
        PersistentVolumeClaim claim = story.create(Kinds.CLAIM, claim("restored", Bed.PLAIN, ""));
        bed.cluster().patch(Kinds.CLAIM, story.key(),
                Patch.of(claim).annotation(Annotations.POPULATED_FOR, "restored").build());
        story.awaitBound();
        importing("restored", Image.DISK, Bed.PLAIN).awaitPhase(Phase.SUCCEEDED);
        assertEquals("restored", Annotations.of(story.dataVolume(), Annotations.PRE_POPULATED).orElse(""));
        assertFalse(story.phases().contains(Phase.IMPORT_IN_PROGRESS), story.phases().toString());
    }

    @Test
    void claimOfAUserIsFilledFromItsSource() throws Exception {
        Story story = story("own");
        story.create(Kinds.VOLUME_IMPORT_SOURCE, """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: VolumeImportSource
                metadata: {name: web}
                spec: {source: {http: {url: "%s"}}}
                """.formatted(bed.url(Image.DISK)));
        story.create(Kinds.CLAIM, claim("own", Bed.CSI,
                "dataSourceRef: {apiGroup: cdi.kubevirt.io, kind: VolumeImportSource, name: web}"));
        story.awaitBound();
        bed.assertHolds(story.claim(), Image.DISK);
        story.awaitGone(Kinds.POD);
        story.awaitEvent(Kinds.CLAIM, Reasons.POPULATOR_IMPORT_SUCCEEDED);
    }

    @Test
    void volumeThatWasMadeByHandForTheClaimIsTakenAsItIs() throws Exception {
        Story story = story("fixed");
        PersistentVolume volume = volumeByHand(story, Bed.STATIC, "");
        story.await("it is available", () -> bed.cluster().get(Kinds.VOLUME, Key.of(volume))
                .filter(found -> found.getStatus() != null && "Available".equals(found.getStatus().getPhase()))
                .isPresent());
        importing("fixed", Image.DISK, Bed.STATIC, annotation(Annotations.CHECK_STATIC_VOLUME, ""));
        story.awaitPhase(Phase.SUCCEEDED);
        assertEquals(namespace + "-fixed", story.claim().getSpec().getVolumeName());
        assertTrue(bed.cluster().list(Kinds.POD, Selection.in(namespace)).isEmpty());
        story.delete();
        story.awaitGone(Kinds.DATA_VOLUME).awaitGone(Kinds.CLAIM);
        bed.cluster().delete(Kinds.VOLUME, Key.of(volume), volume.getMetadata().getUid());
    }

    @Test
    void claimThatSomebodyElseFillsIsMadeAndLeftToThem() throws Exception {
        Story story = story("theirs");
        story.create(Kinds.DATA_VOLUME, """
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: theirs}
                spec:
                  storage:
                    accessModes: [ReadWriteOnce]
                    resources: {requests: {storage: 40Mi}}
                    storageClassName: %s
                    dataSourceRef: {apiGroup: example.org, kind: Backup, name: monday}
                """.formatted(Bed.CSI));
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.EXTERNAL_POPULATION_SUCCEEDED).awaitPhase(Phase.SUCCEEDED);
        assertEquals("False", story.condition(ConditionTypes.BOUND).status());
        volumeByHand(story, Bed.CSI, ", uid: " + story.claim().getMetadata().getUid());
        story.awaitReason(ConditionTypes.BOUND, Reasons.BOUND);
        assertTrue(bed.cluster().list(Kinds.POD, Selection.in(namespace)).isEmpty());
    }

    @Test
    void whatIsNotSupportedYetIsSaid() throws Exception {
        Story story = volume("archive", "contentType: archive\n  source: {http: {url: \"" + bed.url(Image.DISK)
                + "\"}}", Bed.CSI, "", "resources: {requests: {storage: 40Mi}}, ");
        story.awaitEvent(Kinds.DATA_VOLUME, Reasons.NOT_SUPPORTED).awaitPhase(Phase.PENDING);
        assertTrue(bed.cluster().list(Kinds.CLAIM, Selection.in(namespace)).isEmpty());
    }

    @Test
    void workerThatIsDeletedIsReplaced() throws Exception {
        Story story = importing("replaced", Image.SLOW, Bed.CSI).awaitReason(ConditionTypes.RUNNING,
                Reasons.POD_RUNNING);
        Cluster cluster = bed.cluster();
        Pod first = cluster.list(Kinds.POD, Selection.in(namespace)).getFirst();
        delete(first);
        story.await("another worker is there", () -> cluster.list(Kinds.POD, Selection.in(namespace)).stream()
                .anyMatch(pod -> !pod.getMetadata().getUid().equals(first.getMetadata().getUid())));
        bed.release();
        story.awaitPhase(Phase.SUCCEEDED);
        bed.assertHolds(story.claim(), Image.DISK);
    }
}
