package io.datavolume.controller.populator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.VolumeImportSource;
import io.datavolume.api.v1beta1.VolumeImportSourceSpec;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.controller.populator.PopulatorPlanner.Seen;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.TypedObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PopulatorPlannerTest {

    private static final Map<String, String> NONE = Map.of();

    @Test
    void primeClaimIsMadeForAnUnboundTarget() {
        PopulatorStep.CreatePrime create = assertInstanceOf(PopulatorStep.CreatePrime.class,
                plan(target("Pending", NONE), Optional.empty(), Optional.of(immediate())));
        PersistentVolumeClaim prime = create.prime();
        assertEquals("prime-target-uid", prime.getMetadata().getName());
        assertEquals("none", Annotations.of(prime, ImportAnnotations.SOURCE).orElseThrow());
        assertEquals("", Annotations.of(prime, Annotations.BIND_IMMEDIATE).orElseThrow());
        assertEquals("VolumeImportSource", Annotations.of(prime, Annotations.POPULATOR_KIND).orElseThrow());
        assertEquals("true", prime.getMetadata().getLabels().get("velero.io/exclude-from-backup"));
        assertEquals("fast", prime.getSpec().getStorageClassName());
        assertEquals(null, prime.getSpec().getDataSourceRef());
    }

    @Test
    void targetThatWaitsForItsConsumerIsLeftAloneUntilANodeIsChosen() {
        StorageClass waits = immediate();
        waits.setVolumeBindingMode("WaitForFirstConsumer");
        assertInstanceOf(PopulatorStep.Nothing.class,
                plan(target("Pending", NONE), Optional.empty(), Optional.of(waits)));
        PopulatorStep.CreatePrime create = assertInstanceOf(PopulatorStep.CreatePrime.class,
                plan(target("Pending", Map.of(Annotations.SELECTED_NODE, "node1")), Optional.empty(),
                        Optional.of(waits)));
        assertEquals("node1", Annotations.of(create.prime(), Annotations.SELECTED_NODE).orElseThrow());
    }

    @Test
    void storageClassThatCannotBePopulatedIsRefused() {
        assertEquals("storage class fast not found", refused(target("Pending", NONE), Optional.empty()));
        StorageClass inTree = immediate();
        inTree.setProvisioner("kubernetes.io/aws-ebs");
        assertEquals("can't use populator for PVC ns/disk with in-tree storage class kubernetes.io/aws-ebs",
                refused(target("Pending", NONE), Optional.of(inTree)));
        PersistentVolumeClaim empty = target("Pending", NONE);
        empty.getSpec().setStorageClassName("");
        assertEquals("PVC ns/disk has empty storage class name", refused(empty, Optional.of(immediate())));
    }

    @Test
    void targetShowsWhatThePrimeClaimSays() {
        PersistentVolumeClaim prime = prime("Bound", Map.of(PodAnnotations.PHASE, "Running", PodAnnotations.RUNNING,
                "true"), "pv");
        PopulatorStep.ShowProgress show = assertInstanceOf(PopulatorStep.ShowProgress.class,
                plan(target("Pending", NONE), Optional.of(prime), Optional.of(immediate())));
        String patch = show.target().orElseThrow().body().toString();
        assertTrue(patch.contains(PodAnnotations.PHASE + "=Running"), patch);
        assertTrue(patch.contains(Annotations.PVC_PRIME + "=prime-target-uid"), patch);
        assertTrue(patch.contains(PodAnnotations.BOUND_MESSAGE + "=waiting for a volume"), patch);
        assertTrue(patch.contains(PodAnnotations.BOUND_REASON + "=Pending"), patch);
    }

    @Test
    void targetThatIsBoundToAnotherVolumeIsNotTakenForFilled() {
        PersistentVolumeClaim prime = prime("Bound", Map.of(PodAnnotations.PHASE, "Succeeded"), "filled");
        assertEquals(
                "PVC disk is bound to PV pv, but the disk is on PV filled: delete the claim, so that it is made and "
                        + "filled again",
                assertInstanceOf(PopulatorStep.Refuse.class,
                        plan(target("Bound", NONE), Optional.of(prime), Optional.of(immediate()))).message());
    }

    @Test
    void boundTargetNoLongerSaysWhatItWaitedFor() {
        Map<String, String> waited = Map.of(PodAnnotations.BOUND, "false", PodAnnotations.BOUND_REASON, "Pending",
                PodAnnotations.BOUND_MESSAGE, "waiting for a volume");
        PersistentVolumeClaim prime = prime("Lost", Map.of(PodAnnotations.PHASE, "Succeeded"), "pv");
        PopulatorStep.Complete complete = assertInstanceOf(PopulatorStep.Complete.class,
                plan(target("Bound", waited), Optional.of(prime), Optional.of(immediate())));
        assertTrue(complete.target().body().toString().contains(PodAnnotations.BOUND_MESSAGE + "=null"),
                complete.toString());
        PopulatorStep.ShowProgress show = assertInstanceOf(PopulatorStep.ShowProgress.class,
                plan(target("Bound", waited), Optional.empty(), Optional.of(immediate())));
        assertTrue(show.target().orElseThrow().body().toString().contains(PodAnnotations.BOUND + "=null"),
                show.toString());
    }

    @Test
    void progressIsGoneInTheWriteThatSaysComplete() {
        PopulatorStep.Complete complete = assertInstanceOf(PopulatorStep.Complete.class,
                plan(target("Bound", Map.of(ProgressAnnotations.STAGE, "transferring", ProgressAnnotations.RATE, "1")),
                        Optional.of(prime("Lost", Map.of(PodAnnotations.PHASE, "Succeeded"), "pv")),
                        Optional.of(immediate())));
        String body = complete.target().body().toString();
        assertTrue(body.contains(ProgressAnnotations.STAGE + "=null"), body);
        assertTrue(body.contains(ProgressAnnotations.RATE + "=null"), body);
    }

    @Test
    void filledVolumeIsHandedOverBeforeTheTargetSaysThatItIsFilled() {
        PersistentVolumeClaim prime = prime("Bound", Map.of(PodAnnotations.PHASE, "Succeeded"), "pv");
        PopulatorStep.Rebind rebind = assertInstanceOf(PopulatorStep.Rebind.class,
                plan(target("Pending", NONE), Optional.of(prime), Optional.of(immediate()), volume("prime-target-uid",
                        "prime-uid")));
        assertTrue(rebind.patch().body().toString().contains("uid=target-uid"), rebind.toString());
        assertInstanceOf(PopulatorStep.Nothing.class, plan(target("Pending", NONE), Optional.of(prime),
                Optional.of(immediate()), volume("disk", "target-uid")));
        assertEquals("PV pv bound to unexpected claim ns/other", assertInstanceOf(PopulatorStep.Refuse.class,
                plan(target("Pending", NONE), Optional.of(prime), Optional.of(immediate()), volume("other", "x")))
                .message());
    }

    @Test
    void boundTargetIsCompleteAndItsPrimeClaimGoes() {
        PersistentVolumeClaim prime = prime("Lost", Map.of(PodAnnotations.PHASE, "Succeeded"), "pv");
        prime.getMetadata().setLabels(Map.of("instancetype.kubevirt.io/default-preference", "fedora", "app", "x"));
        PopulatorStep.Complete complete = assertInstanceOf(PopulatorStep.Complete.class,
                plan(target("Bound", NONE), Optional.of(prime), Optional.of(immediate())));
        String patch = complete.target().body().toString();
        assertTrue(patch.contains("default-preference=fedora") && !patch.contains("app=x"), patch);
        assertTrue(patch.contains("progress=100.0%"), patch);
        Map<String, String> done = Map.of(PodAnnotations.PHASE, "Succeeded");
        assertInstanceOf(PopulatorStep.DeletePrime.class,
                plan(target("Bound", done), Optional.of(prime), Optional.of(immediate())));
        assertInstanceOf(PopulatorStep.RetainPrime.class, plan(
                target("Bound", Map.of(PodAnnotations.PHASE, "Succeeded", Annotations.RETAIN_AFTER_COMPLETION, "true")),
                Optional.of(prime), Optional.of(immediate())));
    }

    private static String refused(PersistentVolumeClaim target, Optional<StorageClass> storageClass) {
        return assertInstanceOf(PopulatorStep.Refuse.class, plan(target, Optional.empty(), storageClass)).message();
    }

    private static PopulatorStep plan(PersistentVolumeClaim target, Optional<PersistentVolumeClaim> prime,
            Optional<StorageClass> storageClass) {
        return plan(target, prime, storageClass, Optional.empty());
    }

    private static PopulatorStep plan(PersistentVolumeClaim target, Optional<PersistentVolumeClaim> prime,
            Optional<StorageClass> storageClass, Optional<PersistentVolume> volume) {
        VolumeImportSource source = new VolumeImportSource();
        source.setMetadata(new ObjectMetaBuilder().withName("source").withNamespace("ns").build());
        source.setSpec(new VolumeImportSourceSpec(null, "", null, null, List.of(), null, Map.of()));
        return PopulatorPlanner.plan(
                new Seen(target, prime, volume, Optional.of(source), storageClass, false,
                        Optional.of("waiting for a volume")),
                Map.of(), false);
    }

    private static PersistentVolumeClaim target(String phase, Map<String, String> annotations) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("disk").withNamespace("ns")
                .withUid("target-uid").withResourceVersion("3").withAnnotations(annotations).endMetadata().withNewSpec()
                .withVolumeName(phase.equals("Bound") ? "pv" : null).withStorageClassName("fast")
                .withDataSourceRef(new TypedObjectReferenceBuilder()
                        .withApiGroup("cdi.kubevirt.io").withKind("VolumeImportSource").withName("source").build())
                .endSpec().withNewStatus().withPhase(phase).endStatus().build();
    }

    private static PersistentVolumeClaim prime(String phase, Map<String, String> annotations, String volume) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("prime-target-uid").withNamespace("ns")
                .withUid("prime-uid").withAnnotations(annotations).endMetadata().withNewSpec().withVolumeName(volume)
                .endSpec().withNewStatus().withPhase(phase).endStatus().build();
    }

    private static Optional<PersistentVolume> volume(String claim, String uid) {
        return Optional.of(new PersistentVolumeBuilder().withNewMetadata().withName("pv").withUid("pv-uid")
                .withResourceVersion("9").endMetadata().withNewSpec().withNewClaimRef().withNamespace("ns")
                .withName(claim).withUid(uid).endClaimRef().endSpec().build());
    }

    private static StorageClass immediate() {
        return new StorageClassBuilder().withNewMetadata().withName("fast").endMetadata()
                .withProvisioner("csi.example.org").withVolumeBindingMode("Immediate").build();
    }
}
