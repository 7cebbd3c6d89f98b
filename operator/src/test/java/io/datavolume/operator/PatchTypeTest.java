package io.datavolume.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PatchTypeTest {

    private static void assertGives(String wanted, PatchType type, String object, String patch) {
        JsonMapper mapper = JsonMapper.shared();
        assertEquals(mapper.readTree(wanted), mapper.readTree(type.apply(object, patch)));
    }

    /** Examples of appendix A of RFC 7396. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":\"b\"}|{\"a\":null}|{}",
        "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}", "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
        "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}", "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
        "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}"})
    void mergePatchIsThatOfItsStandard(String object, String patch, String result) {
        assertGives(result, PatchType.MERGE, object, patch);
    }

    @Test
    void jsonPatchNamesPlaces() {
        assertGives("{\"spec\":{\"replicas\":2,\"list\":[0,1]}}", PatchType.JSON,
                "{\"spec\":{\"replicas\":1,\"list\":[1]}}",
                "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":2},"
                        + "{\"op\":\"add\",\"path\":\"/spec/list/0\",\"value\":0}]");
        assertThrows(RuntimeException.class,
                () -> PatchType.JSON.apply("{}", "[{\"op\":\"odd\",\"path\":\"/spec\"}]"));
    }

    @Test
    void strategicPatchMergesContainersByTheirNames() {
        String object = """
                {"containers":[{"name":"a","image":"1","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}],
                "ports":[{"containerPort":1}],"args":["-v"]},{"name":"b"}]}""";
        assertGives("""
                {"containers":[{"name":"a","image":"2","env":[{"name":"X","value":"3"}],
                "ports":[{"containerPort":1},{"containerPort":2}],"args":["-w"]},{"name":"c"}]}""", PatchType.STRATEGIC,
                object, """
                        {"containers":[{"name":"a","image":"2","env":[{"name":"X","value":"3"},
                        {"name":"Y","$patch":"delete"}],"ports":[{"containerPort":2}],"args":["-w"]},
                        {"name":"b","$patch":"delete"},{"name":"c"}]}""");
    }

    @Test
    void strategicPatchMergesPortsOfServicesByTheirNumber() {
        assertGives("{\"ports\":[{\"port\":443,\"nodePort\":30000},{\"port\":80}]}", PatchType.STRATEGIC,
                "{\"ports\":[{\"port\":443}]}", "{\"ports\":[{\"port\":443,\"nodePort\":30000},{\"port\":80}]}");
    }

    @Test
    void strategicDirectivesReplaceAndDelete() {
        assertGives("{\"volumes\":[{\"name\":\"b\"}],\"selector\":{\"x\":\"1\"}}", PatchType.STRATEGIC,
                "{\"volumes\":[{\"name\":\"a\"}],\"selector\":{\"y\":\"2\"},\"gone\":{\"z\":1}}",
                "{\"volumes\":[{\"$patch\":\"replace\"},{\"name\":\"b\"}],\"selector\":{\"$patch\":\"replace\",\"x\":\"1\"},"
                        + "\"gone\":{\"$patch\":\"delete\"}}");
    }

    @Test
    void elementThatIsNotNamedIsRefused() {
        String refused = assertThrows(IllegalArgumentException.class, () -> PatchType.STRATEGIC
                .apply("{\"containers\":[{\"name\":\"a\"}]}", "{\"containers\":[{\"image\":\"1\"}]}")).getMessage();
        assertEquals("an element of the patch lacks name: {\"image\":\"1\"}", refused);
    }

    @Test
    void otherTypesAreRefusedInTheWordsOfTheWire() {
        assertEquals("PatchType is not supported",
                assertThrows(IllegalArgumentException.class, () -> PatchType.of("apply")).getMessage());
    }
}
