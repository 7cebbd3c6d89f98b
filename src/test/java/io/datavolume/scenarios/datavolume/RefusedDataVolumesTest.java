package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.scenarios.cluster.ControlPlane;
import io.datavolume.scenarios.cluster.OnKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The tables that our own rules are tested with, put before an API server that has our definitions and no webhook. */
@ExtendWith(OnKubernetes.class)
class RefusedDataVolumesTest {

    private static final String TABLES = "../../api/src/test/resources/";
    /** Our own classes leave out what is empty. */
    private static final Kind<GenericKubernetesResource> AS_WRITTEN = new Kind<>(GenericKubernetesResource.class,
            Kinds.GROUP, Kinds.VERSION, "DataVolume", "datavolumes", true, true);
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Cluster cluster;

    RefusedDataVolumesTest(ControlPlane plane) {
        cluster = plane.cluster();
    }

    @ParameterizedTest
    @CsvFileSource(files = TABLES + "refused-datavolumes.txt", delimiter = '|')
    void whatOurRulesRefuseTheServerRefusesInTheSameWords(String spec, String message) {
        GenericKubernetesResource volume = volume(spec);
        var refusal = assertThrows(ClusterException.Invalid.class, () -> cluster.create(AS_WRITTEN, volume), spec);
        // An API server's budget for an expression has no room to count the digits.
        String said = message.replaceFirst(", got \\d+$", "");
        assertTrue(String.valueOf(refusal.getMessage()).contains(said), spec + "\n" + refusal.getMessage());
    }

    @ParameterizedTest
    @CsvFileSource(files = TABLES + "accepted-datavolumes.txt", delimiter = '|')
    void whatOurRulesAcceptTheServerAccepts(String spec) {
        GenericKubernetesResource created = cluster.create(AS_WRITTEN, volume(spec));
        cluster.delete(AS_WRITTEN, Key.of(created), created.getMetadata().getUid());
    }

    private static GenericKubernetesResource volume(String spec) {
        return YAML.unmarshal("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {generateName: table-, namespace: default}
                spec: \
                """ + spec, GenericKubernetesResource.class);
    }
}
