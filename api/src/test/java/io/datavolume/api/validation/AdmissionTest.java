package io.datavolume.api.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.DataVolume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void schemaComesBeforeRules() {
        assertEquals(Optional.of("spec.preallocation: must be true or false, not \"maybe\""),
                check(Kinds.DATA_VOLUME, "{preallocation: maybe}"));
        assertEquals(Optional.of("spec.PVC: Missing Data volume PVC"), check(Kinds.DATA_VOLUME, "{}"));
    }

    @Test
    void unknownFieldsOfAnObjectThatWasReadAreFound() {
        DataVolume volume = YAML.unmarshal(text("{source: {blank: {size: 7}}}"), DataVolume.class);
        assertEquals(Optional.of("unknown field \"spec.source.blank.size\""),
                Admission.check(Kinds.DATA_VOLUME, volume).map(Violation::message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                       | Missing VolumeImport source
            {source: {}}                                             | Missing VolumeImport source
            {source: {blank: {}, http: {url: 'http://a'}}}           | Multiple VolumeImport sources
            {source: {blank: {}}, checkpoints: [{current: a, previous: ''}]} | Unable to do multi-stage import without specifying a target claim
            {source: {blank: {}}, contentType: disk}                 | ContentType not one of: kubevirt, archive
            {source: {blank: {}}, contentType: archive}              | SourceType cannot be blank and the contentType be archive
            {source: {http: {url: ''}}}                              | spec.source source URL is empty
            """)
    void wrongImportSourcesAreRefusedWithTheTextsOfTheWire(String spec, String message) {
        assertEquals(Optional.of(message),
                Admission.check(Kinds.VOLUME_IMPORT_SOURCE, tree(spec)).map(Violation::message));
    }

    @Test
    void goodOnesAndOtherKindsAreRight() {
        assertEquals(Optional.empty(), check(Kinds.VOLUME_IMPORT_SOURCE, "{source: {blank: {}}}"));
        assertEquals(Optional.empty(), check(Kinds.STORAGE_PROFILE, "{}"));
        assertEquals(Optional.empty(), check(Kinds.CLAIM, "{anything: 1}"));
    }

    private static Optional<String> check(Kind<?> kind, String spec) {
        return Admission.check(kind, tree(spec)).map(Violation::toString);
    }

    @SuppressWarnings("unchecked") // YAML objects are maps of strings
    private static Map<String, Object> tree(String spec) {
        return YAML.unmarshal(text(spec), Map.class);
    }

    private static String text(String spec) {
        return "apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: {name: it}\nspec: " + spec;
    }
}
