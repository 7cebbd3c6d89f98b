package io.datavolume.api.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.DataVolume;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnersTest {

    private final DataVolume owner = volume("u1");
    private final PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder().withNewMetadata()
            .withNamespace("ns").withName("disk").addToOwnerReferences(Owners.controller(owner)).endMetadata().build();

    @Test
    void controllerIsFoundByItsKind() {
        assertEquals(Optional.of(new Key("ns", "disk")), Owners.controllerOf(claim, Kinds.DATA_VOLUME));
        assertEquals(Optional.empty(), Owners.controllerOf(claim, Kinds.CLAIM));
        assertEquals("cdi.kubevirt.io/v1beta1", Owners.controllerOf(claim).orElseThrow().getApiVersion());
    }

    @Test
    void anotherObjectOfItsNameIsNotTheController() {
        assertTrue(Owners.isControlledBy(claim, owner));
        assertFalse(Owners.isControlledBy(claim, volume("u2")));
    }

    @Test
    void objectWithoutOwnersHasNoController() {
        assertEquals(Optional.empty(), Owners.controllerOf(owner));
    }

    private static DataVolume volume(String uid) {
        DataVolume volume = new DataVolume();
        volume.setMetadata(new ObjectMetaBuilder().withNamespace("ns").withName("disk").withUid(uid).build());
        return volume;
    }
}
