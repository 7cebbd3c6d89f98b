package io.datavolume.api.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ObjectSchemaTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final ObjectSchema SCHEMA = ObjectSchema.of(Kinds.DATA_VOLUME);

    @Test
    void unknownFieldsAreNamed() {
        assertEquals(List.of("spec.sorce: unknown field \"spec.sorce\"", "extra: unknown field \"extra\""),
                check("sorce: {}", "extra: 1"));
        assertEquals(List.of("spec.source.http.uri: unknown field \"spec.source.http.uri\"",
                "spec.source.http.url: Required value"), check("source: {http: {uri: x}}"));
    }

    @Test
    void wrongTypesAreNamed() {
        assertEquals(List.of("spec.preallocation: must be true or false, not \"yes\"",
                "spec.source.http.url: must be text, not \"7\"",
                "spec.checkpoints: must be a list, not \"{current=a}\""),
                check("preallocation: 'yes', source: {http: {url: 7}}, checkpoints: {current: a}"));
        assertEquals(List.of("spec.source: must be an object, not null"), check("source: null"));
    }

    @Test
    void quantitiesAreTextOrWholeNumbers() {
        assertEquals(List.of(), check("storage: {resources: {requests: {storage: 1073741824}}}"));
        assertEquals(List.of(), check("storage: {resources: {requests: {storage: 1.5Gi}}}"));
        assertEquals(List.of("spec.storage.resources.requests.storage: \"1Gib\" is not a quantity, such as 10Gi"),
                check("storage: {resources: {requests: {storage: 1Gib}}}"));
        assertEquals(List.of("spec.storage.resources.requests.storage: must be a quantity, not \"1.5\""),
                check("storage: {resources: {requests: {storage: 1.5}}}"));
    }

    @Test
    void enumsSayWhatTheyAllow() {
        assertEquals(
                List.of("spec.contentType: Unsupported value: \"disk\": supported values: \"kubevirt\", \"archive\""),
                check("contentType: disk"));
    }

    @Test
    void messagesAreBoundedAndOnOneLine() {
        List<String> messages = check("contentType: \"a\\nb" + "x".repeat(10_000) + "\"");
        assertEquals(1, messages.size());
        assertEquals(true, messages.getFirst().length() < 400 && messages.getFirst().lines().count() == 1,
                messages::getFirst);
    }

    @Test
    void objectWithoutSpecIsIncomplete() {
        assertEquals(List.of("spec: Required value"), texts(Map.of("apiVersion", "v", "kind", "k", "metadata", 7)));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/accepted-datavolumes.txt", delimiter = '|')
    void goodVolumesFitTheSchema(String spec) {
        assertEquals(List.of(), texts(tree("kind: k\nmetadata: {}\nspec: " + spec)));
    }

    private static List<String> check(String spec) {
        return check(spec, "kind: DataVolume");
    }

    private static List<String> check(String spec, String more) {
        return texts(tree("apiVersion: v\nspec: {" + spec + "}\n" + more));
    }

    private static List<String> texts(Map<String, Object> object) {
        return SCHEMA.check(object).stream().map(Violation::toString).toList();
    }

    @SuppressWarnings("unchecked") // YAML objects are maps of strings
    private static Map<String, Object> tree(String text) {
        return YAML.unmarshal(text, Map.class);
    }
}
