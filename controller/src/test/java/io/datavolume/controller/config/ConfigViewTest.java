package io.datavolume.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.v1beta1.CdiConfig;
import io.datavolume.storage.FilesystemOverhead;
import io.datavolume.storage.Overheads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigViewTest {

    @Test
    void whatTheConfigurationWillSayCountsBeforeItIsWritten() {
        ConfigView view = ConfigView.of(Optional.empty(), Optional.empty());
        assertTrue(view.honorsWaitForFirstConsumer());
        assertFalse(view.adoptsClaims());
        assertEquals(new Overheads(FilesystemOverhead.DEFAULT, Map.of()), view.overheads());
        assertEquals("750m", String.valueOf(view.resources().getLimits().get("cpu")));
        assertEquals("", view.proxy().httpProxy());
        assertTrue(view.scratchClass().isEmpty());
        assertFalse(view.preallocation());
        assertTrue(view.webhookRendering());
        assertEquals(Map.of(), view.placement().nodeSelector());
    }

    @Test
    void specStatusAndInstallationEachSayTheirPart() {
        CdiConfig config = Yaml.read("""
                spec:
                  featureGates: [HonorWaitForFirstConsumer, DataVolumeClaimAdoption]
                  insecureRegistries: ["registry:5000"]
                  logVerbosity: 3
                  webhookPvcRendering: Disabled
                  preallocation: false
                  scratchSpaceStorageClass: gone
                status:
                  preallocation: true
                  scratchSpaceStorageClass: fast
                  imagePullSecrets: [{name: pull}]
                  importProxy: {HTTPProxy: "http://proxy", HTTPSProxy: "", noProxy: "", trustedCAProxy: ""}
                  filesystemOverhead: {global: "0.07", storageClass: {fast: "0.1", odd: "ten"}}
                  defaultPodResourceRequirements: {limits: {cpu: "2"}}
                """, CdiConfig.class);
        Cdi cdi = Yaml.read("{spec: {workload: {nodeSelector: {disk: ssd}}}}", Cdi.class);
        ConfigView view = ConfigView.of(Optional.of(config), Optional.of(cdi));
        assertTrue(view.honorsWaitForFirstConsumer());
        assertTrue(view.adoptsClaims());
        assertEquals(List.of("registry:5000"), view.insecureRegistries());
        assertEquals(3, view.logVerbosity().orElseThrow());
        assertFalse(view.webhookRendering());
        assertTrue(view.preallocation());
        assertEquals("fast", view.scratchClass().orElseThrow());
        assertEquals("pull", view.pullSecrets().getFirst().getName());
        assertEquals("http://proxy", view.proxy().httpProxy());
        assertEquals(new Overheads(FilesystemOverhead.parse("0.07").orElseThrow(),
                Map.of("fast", FilesystemOverhead.parse("0.1").orElseThrow())), view.overheads());
        assertEquals("2", String.valueOf(view.resources().getLimits().get("cpu")));
        assertEquals(Map.of("disk", "ssd"), view.placement().nodeSelector());
    }

    @Test
    void anEmptyScratchClassIsNone() {
        CdiConfig config = Yaml.read("status: {scratchSpaceStorageClass: ''}", CdiConfig.class);
        assertTrue(ConfigView.of(Optional.of(config), Optional.empty()).scratchClass().isEmpty());
    }
}
