package io.datavolume.controller.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.BlankSource;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.DataVolumeSource;
import io.datavolume.api.v1beta1.DataVolumeSpec;
import io.datavolume.api.v1beta1.DataVolumeStatus;
import io.datavolume.api.v1beta1.ImportSource;
import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ImportAnnotations;
import io.datavolume.api.wire.Phase;
import io.datavolume.api.wire.PodAnnotations;
import io.datavolume.storage.BindingMode;
import io.datavolume.storage.Overheads;
import io.datavolume.storage.StorageClasses;
import io.datavolume.storage.StorageView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TypedObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncPlannerTest {

    private static final String SOURCE = "volume-import-source-dv";
    private static final World WORLD = new World(new StorageView(
            StorageClasses.of(List.of(new StorageClassBuilder().withNewMetadata().withName("csi").endMetadata()
                    .withProvisioner("csi.example.org").build())),
            name -> Optional.empty(), name -> List.of(), Overheads.NONE),
            "csi.example.org"::equals, List.of(), Map.of("version", "1"), false, false);

    @ParameterizedTest(name = "class {0}, gate {1}, annotations {2}: {3}")
    @CsvSource({
        "csi,    true,  '',                      PatchDataVolume CreateSource CreateClaim, true",
        "legacy, true,  '',                      PatchDataVolume CreateClaim,              false",
        "legacy, true,  storage.usePopulator=1,  PatchDataVolume CreateSource CreateClaim, true",
        "csi,    true,  storage.usePopulator=false, CreateClaim,                           false",
        "csi,    false, '',                      PatchDataVolume CreateSource CreateClaim, true",
        "csi,    true,  storage.prePopulated=x,  '',                                       "})
    void theFlowIsThePopulatorsWhereTheProvisionerIsACsiDriver(String storageClass, boolean gate, String annotations,
            String steps, @Nullable String populator) {
        SyncPlan plan = plan(dataVolume(storageClass, Phase.UNSET, annotations), null, gate, false);
        assertEquals(Optional.ofNullable(steps).orElse(""), names(plan));
        if (populator == null) {
            return;
        }
        PersistentVolumeClaim claim = assertInstanceOf(SyncStep.CreateClaim.class, plan.steps().getLast()).claim();
        assertTrue(Annotations.is(claim, Annotations.USE_POPULATOR, populator), claim.toString());
        if (populator.equals("true")) {
            assertEquals(SOURCE, claim.getSpec().getDataSourceRef().getName());
            assertEquals(!gate, Annotations.has(claim, Annotations.BIND_IMMEDIATE));
        } else {
            assertNull(claim.getSpec().getDataSourceRef());
            assertTrue(Annotations.is(claim, ImportAnnotations.SOURCE, "none"), claim.toString());
        }
    }

    @ParameterizedTest(name = "owner {0}, of the claim {1}, of the DataVolume {2}, gate {3}: {4}")
    @CsvSource({
        "mine,   createdForDataVolume=dv,      '',                         false, proceed",
        "mine,   '',                           '',                         false, proceed",
        "nobody, '',                           '',                         false, refuse",
        "nobody, '',                           '',                         true,  adopt",
        "nobody, '',                           allowClaimAdoption=true,    false, adopt",
        "nobody, '',                           allowClaimAdoption=1,       false, adopt",
        "nobody, '',                           allowClaimAdoption=false,   true,  refuse",
        "nobody, '',                           allowClaimAdoption=perhaps, true,  refuse",
        "nobody, createdForDataVolume=dv,      allowClaimAdoption=true,    true,  refuse",
        "nobody, createdForDataVolume=other,   allowClaimAdoption=true,    false, adopt",
        "nobody, storage.populatedFor=disk,    '',                         false, adopt",
        "nobody, storage.populatedFor=another, '',                         false, refuse",
        "other,  storage.populatedFor=disk,    '',                         false, refuse",
        "other,  '',                           allowClaimAdoption=true,    true,  refuse"})
    void aClaimThatIsThereIsTakenOverOnlyWhereThatIsAllowed(String owner, String ofClaim, String ofDataVolume,
            boolean gate, String expected) {
        PersistentVolumeClaim claim = claim(ofClaim);
        if (!owner.equals("nobody")) {
            claim.getMetadata().setOwnerReferences(List.of(owner(owner.equals("mine") ? "dv" : "x")));
        }
        SyncPlan plan = plan(dataVolume("csi", Phase.PENDING, ofDataVolume), claim, true, gate);
        boolean adopts = plan.steps().stream().anyMatch(step -> step instanceof SyncStep.PatchClaim patch
                && patch.patch().body().toString().contains("ownerReferences"));
        assertEquals(expected, plan.failure().isPresent() ? "refuse" : adopts ? "adopt" : "proceed", plan.toString());
        assertEquals(plan.failure(), plan.failure().map(
                failure -> "Resource \"disk\" already exists and is not managed by DataVolume"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"csi, '', true", "legacy, '', false", "csi, storage.usePopulator=false, "})
    void whichFlowItWouldTakeIsSaidOfAnAdoptedClaimToo(String storageClass, String annotations,
            @Nullable Boolean said) {
        PersistentVolumeClaim claim = claim("storage.populatedFor=disk");
        claim.getSpec().setStorageClassName(storageClass);
        String patches = plan(dataVolume(storageClass, Phase.PENDING, annotations), claim, true, false).toString();
        assertEquals(said != null, patches.contains(Annotations.USE_POPULATOR), patches);
        assertEquals(said != null, patches.contains(Annotations.USE_POPULATOR + "=" + said), patches);
    }

    @Test
    void aPopulatedClaimMarksItsDataVolumeOnceItIsBound() {
        DataVolume dataVolume = dataVolume("csi", Phase.PENDING, "storage.usePopulator=true");
        PersistentVolumeClaim claim = claim("storage.populatedFor=disk");
        assertEquals("PatchClaim", names(plan(dataVolume, claim, true, false)));
        claim.getStatus().setPhase("Bound");
        assertTrue(plan(dataVolume, claim, true, false).toString().contains(Annotations.PRE_POPULATED + "=disk"));
    }

    @Test
    void aClaimThatIsBeingDeletedIsNotUsed() {
        PersistentVolumeClaim claim = claim("");
        claim.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        SyncPlan plan = plan(dataVolume("csi", Phase.PENDING, ""), claim, true, true);
        assertEquals(List.of(Notice.warning("ErrResourceMarkedForDeletion", "Resource \"disk\" marked for deletion")),
                plan.notices());
        assertEquals(List.of(), plan.steps());
    }

    @Test
    void theSourceGoesAndTheMarkComesWhenTheDiskIsThere() {
        PersistentVolumeClaim claim = claim("storage.usePopulator=true,storage.pod.phase=Succeeded");
        claim.getMetadata().setOwnerReferences(List.of(owner("dv")));
        claim.getSpec().setDataSourceRef(new TypedObjectReferenceBuilder()
                .withName(SOURCE).build());
        String annotations = "storage.usePopulator=true,storage.populatedFor=disk";
        assertEquals("", names(plan(dataVolume("csi", Phase.IMPORT_IN_PROGRESS, annotations), claim, true, false)));
        assertEquals("PatchClaim DeleteSource",
                names(plan(dataVolume("csi", Phase.SUCCEEDED, annotations), claim, true, false)));
    }

    @Test
    void aNewClaimHasWhatItsDataVolumeHasButTheMarkThatItIsPopulated() {
        DataVolume dataVolume = dataVolume("legacy", Phase.UNSET,
                "storage.populatedFor=disk,storage.pod.retainAfterCompletion=true");
        dataVolume.getMetadata().setLabels(Map.of("mine", "1", "version", "2"));
        PersistentVolumeClaim claim = assertInstanceOf(SyncStep.CreateClaim.class,
                plan(dataVolume, null, true, false).steps().getLast()).claim();
        assertEquals(Map.of("app", "containerized-data-importer", "mine", "1", "version", "2",
                "alerts.k8s.io/KubePersistentVolumeFillingUp", "disabled"), claim.getMetadata().getLabels());
        assertTrue(!Annotations.has(claim, Annotations.POPULATED_FOR), claim.toString());
        assertTrue(Annotations.isTrue(claim, Annotations.RETAIN_AFTER_COMPLETION), claim.toString());
        assertTrue(Annotations.is(claim, PodAnnotations.RESTARTS, "0"), claim.toString());
        assertTrue(Annotations.is(claim, Annotations.CREATED_FOR_DATA_VOLUME, "dv"), claim.toString());
        assertEquals("dv", claim.getMetadata().getOwnerReferences().getFirst().getUid());
    }

    private static SyncPlan plan(DataVolume dataVolume, @Nullable PersistentVolumeClaim claim, boolean consumer,
            boolean adopts) {
        Optional<ImportSource> source = Optional.of(new BlankSource(Map.of()));
        return SyncPlanner.plan(
                new Seen(dataVolume, Optional.ofNullable(claim), Optional.empty(), BindingMode.IMMEDIATE, consumer,
                        adopts),
                source, OptionalLong.empty(), WORLD);
    }

    private static String names(SyncPlan plan) {
        return plan.steps().stream().map(step -> step.getClass().getSimpleName()).collect(Collectors.joining(" "));
    }

    /** @param pairs {@code name=value,…}, without the prefix that all have */
    private static Map<String, String> annotations(String pairs) {
        return Arrays.stream(pairs.split(",")).filter(pair -> !pair.isEmpty()).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> "cdi.kubevirt.io/" + pair[0], pair -> pair[1]));
    }

    private static DataVolume dataVolume(String storageClass, Phase phase, String annotations) {
        DataVolume dataVolume = new DataVolume();
        dataVolume.setMetadata(new ObjectMetaBuilder().withName("disk").withNamespace("ns").withUid("dv")
                .withAnnotations(annotations(annotations)).build());
        dataVolume.setSpec(new DataVolumeSpec(
                new DataVolumeSource(null, null, null, null, new BlankSource(Map.of()), null, null, null, null, null,
                        Map.of()),
                null, spec(storageClass), null, "", null, "", "", List.of(), null, Map.of()));
        dataVolume.setStatus(new DataVolumeStatus("", phase.text(), "", null, List.of(), Map.of()));
        return dataVolume;
    }

    private static PersistentVolumeClaimSpec spec(String storageClass) {
        return new PersistentVolumeClaimSpecBuilder().withStorageClassName(storageClass)
                .withAccessModes("ReadWriteOnce").withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi"))).endResources().build();
    }

    private static PersistentVolumeClaim claim(String annotations) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("disk").withNamespace("ns")
                .withUid("claim").withAnnotations(annotations(annotations)).endMetadata().withSpec(spec("csi"))
                .withNewStatus().withPhase("Pending").endStatus().build();
    }

    private static OwnerReference owner(String uid) {
        return new OwnerReferenceBuilder().withApiVersion("cdi.kubevirt.io/v1beta1").withKind("DataVolume")
                .withName("disk").withUid(uid).withController(true).build();
    }
}
