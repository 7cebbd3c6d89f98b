package io.datavolume.controller.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import io.datavolume.importer.Wire;
import io.datavolume.storage.FilesystemOverhead;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a worker comes to the certificates of the proxy. */
class ProxyCertificatesTest {

    private static final Map<String, String> ASKED = Map.of("cdi.kubevirt.io/storage.import.source", "http",
            "cdi.kubevirt.io/storage.import.endpoint", "https://localhost/disk.img");

    private static WorkerSettings settings(Optional<Key> certificates) {
        return new WorkerSettings("image", "Never", Map.of(), new ResourceRequirements(), List.of(), Map.of(),
                List.of(), Optional.empty(), new WorkerSettings.Proxy("", "http://proxy:3128", "", certificates),
                List.of(), List.of());
    }

    private static WorkerMounts mounts(Map<String, String> asked, Optional<Key> certificates) {
        PersistentVolumeClaim claim = Claims.claim("Bound", asked);
        return WorkerMounts.of(claim, ImportRequest.of(claim), settings(certificates));
    }

    @Test
    void theCopyIsNamedAfterTheClaimAndMounted() {
        WorkerMounts mounts = mounts(ASKED, Optional.of(new Key("cdi", "corporate")));
        assertEquals(List.of("import-proxy-cm-disk"), mounts.volumes().stream().filter(v -> v.getConfigMap() != null)
                .map(v -> v.getConfigMap().getName()).toList());
        assertTrue(mounts.mounts().stream().map(VolumeMount::getMountPath).toList().contains("/proxycerts"));
    }

    @Test
    void theWorkerTrustsThemAlsoWhenItOnlyLooks() throws Exception {
        WorkerSettings settings = settings(Optional.of(new Key("cdi", "corporate")));
        PersistentVolumeClaim claim = Claims.claim("Bound", ASKED);
        ImportRequest request = ImportRequest.of(claim);
        assertEquals(List.of("/proxycerts"), Wire
                .spec(WorkerOrder.of(claim, claim, request, settings, FilesystemOverhead.NONE)).source()
                .certificates());
        assertEquals(List.of("/proxycerts"),
                Wire.spec(WorkerOrder.inspect(request, settings)).source().certificates());
        assertEquals(List.of("import-proxy-cm-looks"),
                WorkerMounts.ofSource("looks", request, settings).volumes().stream()
                        .filter(v -> v.getConfigMap() != null).map(v -> v.getConfigMap().getName()).toList());
    }

    @Test
    void aBlankDiskAndAClusterWithoutSuchAProxyNeedNone() {
        assertEquals(0, mounts(Map.of("cdi.kubevirt.io/storage.import.source", "none"),
                Optional.of(new Key("cdi", "corporate"))).volumes().stream().filter(v -> v.getConfigMap() != null)
                .count());
        assertEquals(0, mounts(ASKED, Optional.empty()).volumes().stream().filter(v -> v.getConfigMap() != null)
                .count());
    }

    @Test
    void theCopyHoldsTheCertificatesAloneAndGoesWithItsPod() {
        ConfigMap certificates = new ConfigMapBuilder().withData(Map.of("ca.crt", "PEM", "notes", "x")).build();
        Pod pod = Claims.pod("Pending");
        ConfigMap copy = ProxyCertificates.copy(certificates, new Key("ns", "import-proxy-cm-disk"), pod,
                Map.of("app.kubernetes.io/version", "v1"));
        assertEquals(Map.of("ca.crt", "PEM"), copy.getData());
        assertEquals("pod-uid", copy.getMetadata().getOwnerReferences().getFirst().getUid());
        assertEquals(Map.of("app.kubernetes.io/version", "v1", "app", "containerized-data-importer"),
                copy.getMetadata().getLabels());
    }
}
