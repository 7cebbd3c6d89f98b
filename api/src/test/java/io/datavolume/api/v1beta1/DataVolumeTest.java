package io.datavolume.api.v1beta1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.wire.Phase;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataVolumeTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void oneSourceIsTheSource() {
        DataVolume volume = spec("source: {http: {url: 'https://example.com/disk.qcow2', secretRef: s}}");
        HttpSource http = assertInstanceOf(HttpSource.class, volume.getSpec().onlySource().orElseThrow());
        assertEquals("https://example.com/disk.qcow2", http.url());
        assertEquals("http", http.type());
        assertEquals("", http.certConfigMap());
    }

    @Test
    void twoSourcesAreNone() {
        DataVolume volume = spec("source: {blank: {}, upload: {}}");
        assertEquals(Optional.empty(), volume.getSpec().onlySource());
        assertEquals(2, Optional.ofNullable(volume.getSpec().source()).orElseThrow().members().size());
    }

    @Test
    void sizeAndClassAreFoundInBothApis() {
        DataVolume storage = spec("storage: {storageClassName: fast, resources: {requests: {storage: 2Gi}}}");
        DataVolume pvc = spec("pvc: {storageClassName: '', resources: {requests: {storage: 2Gi}}}");
        assertEquals(Optional.of(new Quantity("2Gi")), storage.getSpec().size());
        assertEquals(Optional.of(new Quantity("2Gi")), pvc.getSpec().size());
        assertEquals(Optional.of("fast"), storage.getSpec().storageClass());
        assertEquals(Optional.of(""), pvc.getSpec().storageClass());
        assertEquals(Optional.empty(), spec("storage: {}").getSpec().storageClass());
        assertEquals(Optional.empty(), spec("storage: {}").getSpec().size());
    }

    @Test
    void foreignDataSourceIsExternalPopulation() {
        String foreign = "storage: {dataSourceRef: {apiGroup: example.com, kind: Image, name: i}}";
        assertTrue(spec(foreign).getSpec().externallyPopulated());
        assertFalse(spec(foreign + "\n  source: {blank: {}}").getSpec().externallyPopulated());
        assertFalse(spec("storage: {}").getSpec().externallyPopulated());
    }

    @Test
    void newVolumeHasNoPhase() {
        DataVolume volume = spec("storage: {}");
        assertNull(volume.getStatus());
        assertEquals(Phase.UNSET, volume.phase());
        assertEquals(Optional.empty(), volume.condition("Ready"));
    }

    @Test
    void listsOfAReadObjectCannotBeChanged() {
        StorageSpec storage = Optional.ofNullable(spec("storage: {accessModes: [ReadWriteOnce]}").getSpec().storage())
                .orElseThrow();
        assertThrows(UnsupportedOperationException.class,
                () -> storage.accessModes().add("ReadWriteMany"));
        assertEquals(List.of("ReadWriteOnce"), storage.accessModes());
    }

    /** The forms in which DataVolumes are documented. */
    @ParameterizedTest
    @ValueSource(strings = {"""
            sourceRef: {kind: DataSource, name: rhel9, namespace: openshift-virtualization-os-images}
              storage: {resources: {requests: {storage: 30Gi}}}
            """, """
            storage: {resources: {requests: {storage: 10Gi}}, storageClassName: fast}
              source:
                registry:
                  url: docker://kubevirt/fedora-cloud-container-disk-demo:latest
                  secretRef: data-source-secret
                  certConfigMap: tls-certs
                  pullMethod: node
            """, """
            storage: {resources: {requests: {storage: 10Gi}}}
              source:
                http:
                  url: https://example.com/Fedora-Cloud-Base-35-1.2.x86_64.qcow2
                  secretRef: data-source-secret
                  certConfigMap: tls-certs
            """, """
            source: {pvc: {namespace: golden, name: my-vm-disk}}
              storage: {}
            """, """
            source: {pvc: {namespace: golden, name: my-vm-disk}}
              storage: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}}
            """, """
            source: {blank: {}}
              storage: {resources: {requests: {storage: 2Gi}}, storageClassName: fast}
            """, """
            preallocation: true
              source: {registry: {url: 'docker://example.com/disk'}}
              storage: {resources: {requests: {storage: 1Gi}}}
            """})
    void documentedFormsSurvive(String spec) {
        DataVolume volume = spec(spec);
        assertEquals(tree("spec:\n  " + spec).get("spec"), tree(YAML.asYaml(volume)).get("spec"));
    }

    private DataVolume spec(String spec) {
        return YAML.unmarshal("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata:
                  name: disk
                  annotations: {v1.multus-cni.io/default-network: bridge-network}
                spec:
                """ + "  " + spec, DataVolume.class);
    }

    @SuppressWarnings("unchecked") // YAML objects are maps of strings
    private Map<String, Object> tree(String text) {
        return YAML.unmarshal(text, Map.class);
    }
}
