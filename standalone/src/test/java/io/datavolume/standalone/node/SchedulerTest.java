package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Key;
import io.datavolume.storage.StorageClasses;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static final Pod POD = new PodBuilder().withNewMetadata().withNamespace("ns").withName("p").endMetadata()
            .withNewSpec().addNewVolume().withName("v").withNewPersistentVolumeClaim("c", false).endVolume()
            .addNewVolume().withName("e").withNewEmptyDir().endEmptyDir().endVolume().endSpec().build();
    private static final StorageClasses CLASSES = new StorageClasses(List.of(
            new StorageClassBuilder().withNewMetadata().withName("now").endMetadata()
                    .withVolumeBindingMode("Immediate").build(),
            new StorageClassBuilder().withNewMetadata().withName("later").endMetadata()
                    .withVolumeBindingMode("WaitForFirstConsumer").build()));

    @Test
    void podsRunWhenTheirClaimsAreBound() {
        assertEquals(new Placement.Place(), plan(POD, claim("now", "Bound")));
        assertEquals(new Placement.Place(), plan(POD, claim("later", "Bound")));
    }

    @Test
    void claimsThatWaitForAPodGetTheNodeOnce() {
        assertEquals(new Placement.SelectNode(List.of(new Key("ns", "c"))), plan(POD, claim("later", "Pending")));
        PersistentVolumeClaim selected = new PersistentVolumeClaimBuilder(claim("later", "Pending").orElseThrow())
                .editMetadata().addToAnnotations("volume.kubernetes.io/selected-node", "local").endMetadata().build();
        assertEquals(new Placement.SelectNode(List.of()), plan(POD, Optional.of(selected)));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertEquals(waits("persistentvolumeclaim \"c\" not found"), plan(POD, Optional.empty()));
        assertEquals(waits("pod has unbound immediate PersistentVolumeClaims"), plan(POD, claim("now", "Pending")));
        assertEquals(waits("pod has unbound immediate PersistentVolumeClaims"), plan(POD, claim("none", "Pending")));
        assertEquals(waits("persistentvolumeclaim \"c\" bound to non-existent persistentvolume \"pv\""),
                plan(POD, claim("now", "Lost")));
        PersistentVolumeClaim going = new PersistentVolumeClaimBuilder(claim("now", "Bound").orElseThrow())
                .editMetadata()
                .withDeletionTimestamp("2030-01-01T00:00:00Z").endMetadata().build();
        assertEquals(waits("persistentvolumeclaim \"c\" is being deleted"), plan(POD, Optional.of(going)));
    }

    @Test
    void nodeSelectorsMustFit() {
        Pod elsewhere = new PodBuilder(POD).editSpec().addToNodeSelector("zone", "b").endSpec().build();
        assertEquals(waits("1 node(s) didn't match Pod's node affinity/selector"),
                plan(elsewhere, claim("now", "Bound")));
        Pod here = new PodBuilder(POD).editSpec().addToNodeSelector("kubernetes.io/hostname", "local").endSpec()
                .build();
        assertEquals(new Placement.Place(), plan(here, claim("now", "Bound")));
    }

    private static Placement plan(Pod pod, Optional<PersistentVolumeClaim> claim) {
        return Scheduler.plan(pod, key -> claim, CLASSES);
    }

    private static Placement waits(String why) {
        return new Placement.Wait("0/1 nodes are available: " + why + ".");
    }

    private static Optional<PersistentVolumeClaim> claim(String className, String phase) {
        return Optional.of(new PersistentVolumeClaimBuilder().withNewMetadata().withNamespace("ns").withName("c")
                .endMetadata().withNewSpec().withStorageClassName(className).withVolumeName("pv").endSpec()
                .withNewStatus().withPhase(phase).endStatus().build());
    }
}
