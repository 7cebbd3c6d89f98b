package io.datavolume.standalone.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimPlannerTest {

    private static final StorageClass NOW = Claims.storageClass("c", "Immediate", "Delete");
    private static final StorageClass LATER = Claims.storageClass("c", "WaitForFirstConsumer", "Delete");
    private static final PersistentVolumeClaim CLAIM = Claims.withUid(Claims.claim("it", "c", "2Gi"), "uid");
    private static final PersistentVolume FREE = Claims.volume("free", "c", "3Gi");

    @Test
    void claimsGetANewVolumeWhereNoneIsFree() {
        assertEquals(new ClaimPlan.Provision(NOW), plan(CLAIM, NOW));
    }

    @Test
    void claimsGetTheSmallestFreeVolumeThatFits() {
        PersistentVolume exact = Claims.volume("exact", "c", "2Gi");
        assertEquals(new ClaimPlan.Bind(exact), plan(CLAIM, NOW, FREE, exact, Claims.volume("small", "c", "1Gi"),
                Claims.volume("other-class", "d", "2Gi")));
    }

    @Test
    void volumesOfAnotherModeAccessOrPhaseDoNotFit() {
        PersistentVolume block = new PersistentVolumeBuilder(FREE).editSpec().withVolumeMode("Block").endSpec().build();
        PersistentVolume readOnly = new PersistentVolumeBuilder(FREE).editSpec().withAccessModes("ReadOnlyMany")
                .endSpec()
                .build();
        PersistentVolume released = new PersistentVolumeBuilder(FREE).editStatus().withPhase("Released").endStatus()
                .build();
        PersistentVolume going = new PersistentVolumeBuilder(FREE).editMetadata()
                .withDeletionTimestamp("2030-01-01T00:00:00Z").endMetadata().build();
        assertEquals(new ClaimPlan.Provision(NOW), plan(CLAIM, NOW, block, readOnly, released, going));
    }

    @Test
    void selectorsChooseAmongFreeVolumes() {
        PersistentVolumeClaim selecting = new PersistentVolumeClaimBuilder(CLAIM).editSpec().withNewSelector()
                .addToMatchLabels("disk", "fast").addNewMatchExpression()
                .withKey("zone").withOperator("NotIn").withValues("b").endMatchExpression().endSelector()
                .endSpec().build();
        PersistentVolume fast = new PersistentVolumeBuilder(FREE).editMetadata().withName("fast")
                .addToLabels("disk", "fast").endMetadata().build();
        assertEquals(new ClaimPlan.Bind(fast), plan(selecting, NOW, FREE, fast));
        PersistentVolume far = new PersistentVolumeBuilder(fast).editMetadata().addToLabels("zone", "b").endMetadata()
                .build();
        assertEquals(new ClaimPlan.Provision(NOW), plan(selecting, NOW, FREE, far));
    }

    @Test
    void classesThatWaitDoSoUntilANodeIsSelected() {
        assertEquals(new ClaimPlan.Wait("WaitForFirstConsumer",
                "waiting for first consumer to be created before binding"), plan(CLAIM, LATER, FREE));
        PersistentVolumeClaim selected = new PersistentVolumeClaimBuilder(CLAIM).editMetadata()
                .addToAnnotations("volume.kubernetes.io/selected-node", "local").endMetadata().build();
        assertEquals(new ClaimPlan.Provision(LATER), plan(selected, LATER));
    }

    @Test
    void volumesThatAreHandedOverAreBoundEvenWhereTheClassWaits() {
        PersistentVolume handedOver = Claims.keptFor(FREE, "it", "uid");
        assertEquals(new ClaimPlan.Bind(handedOver), plan(CLAIM, LATER, handedOver));
        PersistentVolume forAnyOfTheName = Claims.keptFor(FREE, "it", "");
        assertEquals(new ClaimPlan.Bind(forAnyOfTheName), plan(CLAIM, LATER, forAnyOfTheName));
        PersistentVolume forAnEarlierOne = Claims.keptFor(FREE, "it", "earlier");
        assertEquals(new ClaimPlan.Provision(NOW), plan(CLAIM, NOW, forAnEarlierOne));
    }

    @Test
    void claimsWithAPopulatorAreLeftToIt() {
        PersistentVolumeClaim populated = new PersistentVolumeClaimBuilder(CLAIM).editSpec()
                .withNewDataSourceRef("cdi.kubevirt.io", "VolumeImportSource", "s", null).endSpec().build();
        assertEquals(new ClaimPlan.Wait("Provisioning",
                "Assuming an external populator will provision the volume"), plan(populated, NOW));
        PersistentVolume handedOver = Claims.keptFor(FREE, "it", "uid");
        assertEquals(new ClaimPlan.Bind(handedOver), plan(populated, NOW, handedOver));
    }

    @Test
    void copiesOfClaimsAndSnapshotsAreRefused() {
        PersistentVolumeClaim copy = new PersistentVolumeClaimBuilder(CLAIM).editSpec()
                .withNewDataSourceRef(null, "PersistentVolumeClaim", "s", null).endSpec().build();
        assertInstanceOf(ClaimPlan.Refuse.class, plan(copy, NOW));
    }

    @Test
    void claimsWithoutAClassThatExistsWait() {
        assertEquals(new ClaimPlan.Refuse("ProvisioningFailed", "storageclass.storage.k8s.io \"c\" not found"),
                ClaimPlanner.plan(CLAIM, List.of(), Optional.empty()));
        PersistentVolumeClaim without = new PersistentVolumeClaimBuilder(CLAIM).editSpec().withStorageClassName("")
                .endSpec().build();
        assertEquals(new ClaimPlan.Wait("FailedBinding",
                "no persistent volumes available for this claim and no storage class is set"),
                ClaimPlanner.plan(without, List.of(), Optional.empty()));
        StorageClass manual = new StorageClassBuilder(NOW).withProvisioner("kubernetes.io/no-provisioner").build();
        assertInstanceOf(ClaimPlan.Wait.class, plan(CLAIM, manual));
    }

    @Test
    void volumesThatTheUserNamesMustFitAndBeFree() {
        PersistentVolumeClaim naming = new PersistentVolumeClaimBuilder(CLAIM).editSpec().withVolumeName("free")
                .endSpec()
                .build();
        assertEquals(new ClaimPlan.Bind(FREE), plan(naming, NOW, FREE));
        assertEquals(new ClaimPlan.Refuse("FailedBinding", "volume \"free\" already bound to a different claim."),
                plan(naming, NOW, Claims.keptFor(FREE, "other", "other")));
        assertEquals(new ClaimPlan.Refuse("VolumeMismatch",
                "Cannot bind to requested volume \"free\": requested PV is too small"),
                plan(naming, NOW, Claims.volume("free", "c", "1Gi")));
        assertInstanceOf(ClaimPlan.Refuse.class, plan(naming, NOW));
    }

    @Test
    void boundClaimsAreLostWithTheirVolume() {
        PersistentVolumeClaim bound = new PersistentVolumeClaimBuilder(CLAIM).editMetadata()
                .addToAnnotations("pv.kubernetes.io/bind-completed", "yes").endMetadata().editSpec()
                .withVolumeName("free").endSpec().build();
        PersistentVolume own = Claims.keptFor(FREE, "it", "uid");
        assertEquals(new ClaimPlan.Bind(own), plan(bound, NOW, own));
        assertEquals(new ClaimPlan.Lose("ClaimLost",
                "Bound claim has lost its PersistentVolume. Data on the volume is lost!"), plan(bound, NOW));
        assertEquals(new ClaimPlan.Lose("ClaimMisbound",
                "Two claims are bound to the same volume, this one is bound incorrectly"),
                plan(bound, NOW, Claims.keptFor(FREE, "target", "target")));
    }

    private static ClaimPlan plan(PersistentVolumeClaim claim, StorageClass storageClass, PersistentVolume... volumes) {
        return ClaimPlanner.plan(claim, List.of(volumes), Optional.of(storageClass));
    }
}
