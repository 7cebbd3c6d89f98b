package io.datavolume.controller.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.v1beta1.StorageProfile;
import io.datavolume.api.v1beta1.StorageProfileStatus;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the alerts about storage read. */
class StorageProfileInfoTest {

    private static final StorageClass FAST = new StorageClassBuilder().withNewMetadata().withName("fast")
            .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true").endMetadata()
            .withProvisioner("csi.example.org").build();

    private static Optional<StorageProfile> profile(String cloneStrategy, String accessMode) {
        StorageProfile profile = new StorageProfile();
        profile.setStatus(new StorageProfileStatus(
                List.of(new ClaimPropertySet(List.of(accessMode), "Block", Map.of())), cloneStrategy, null,
                "csi.example.org", null, "fast", List.of(), Map.of()));
        return Optional.of(profile);
    }

    @Test
    void aClassThatNobodyKnowsIsIncompleteAndDegraded() {
        assertEquals("kubevirt_cdi_storageprofile_info{complete=\"false\",default=\"true\",degraded=\"true\","
                + "provisioner=\"csi.example.org\",rwx=\"false\",smartclone=\"false\",storageclass=\"fast\","
                + "virtdefault=\"false\"} 1\n",
                StorageGauges.line(StorageProfileInfo.labels(FAST, Optional.empty(), d -> true, d -> true)));
    }

    @ParameterizedTest
    @CsvSource({"copy,ReadWriteMany,true,true,false,true", "snapshot,ReadWriteMany,false,true,true,false",
        "snapshot,ReadWriteMany,true,false,false,true", "csi-clone,ReadWriteMany,true,false,true,false",
        "csi-clone,ReadWriteMany,false,true,false,true", "csi-clone,ReadWriteOnce,true,true,true,true"})
    void itIsDegradedUnlessNodesShareItAndItClonesCheaply(String strategy, String mode, boolean driver,
            boolean snapshots, boolean clones, boolean degraded) {
        Map<String, String> labels = StorageProfileInfo.labels(FAST, profile(strategy, mode), d -> driver,
                d -> snapshots);
        assertEquals(String.valueOf(clones), labels.get("smartclone"));
        assertEquals(String.valueOf(degraded), labels.get("degraded"));
        assertEquals("true", labels.get("complete"));
    }

    @Test
    void aDataVolumeThatNamesItsClassWaitsForNoDefault() {
        assertTrue(StorageGauges.waitsForDefault(dataVolume("{blank: {}}", "{}", "Pending")));
        assertTrue(StorageGauges.waitsForDefault(dataVolume("{blank: {}}", "{}", "")));
        assertFalse(StorageGauges.waitsForDefault(dataVolume("{blank: {}}", "{storageClassName: fast}", "Pending")));
        assertFalse(StorageGauges.waitsForDefault(dataVolume("{blank: {}}", "{}", "Succeeded")));
    }

    private static DataVolume dataVolume(String source, String storage, String phase) {
        return Serialization.unmarshal("apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: {name: d}\n"
                + "spec: {source: " + source + ", storage: " + storage
                + "}\nstatus: {phase: \"" + phase + "\"}\n", DataVolume.class);
    }
}
