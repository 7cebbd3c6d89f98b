package io.datavolume.api.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.v1beta1.DataVolume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The table of refusals is also put before a real API server. */
class DataVolumeRulesTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @ParameterizedTest
    @CsvFileSource(resources = "/refused-datavolumes.txt", delimiter = '|')
    void wrongVolumesAreRefusedWithTheTextsOfTheWire(String spec, String message) {
        assertEquals(Optional.of(message), DataVolumeRules.check(volume(spec)).map(Violation::message), spec);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/accepted-datavolumes.txt", delimiter = '|')
    void whatTheWireAcceptsIsAccepted(String spec) {
        assertEquals(Optional.empty(), DataVolumeRules.check(volume(spec)), spec);
    }

    private static DataVolume volume(String spec) {
        return YAML.unmarshal("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: it}
                spec: \
                """ + spec, DataVolume.class);
    }
}
