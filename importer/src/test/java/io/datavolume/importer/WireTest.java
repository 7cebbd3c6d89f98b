package io.datavolume.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec.Action;
import io.datavolume.importer.TransferSpec.MetricsSpec;
import io.datavolume.importer.TransferSpec.ResumeSpec;
import io.datavolume.importer.TransferSpec.SourceSpec;
import io.datavolume.importer.TransferSpec.TargetSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {

    private static final TransferSpec WHOLE = new TransferSpec(Action.INSPECT,
            new SourceSpec("docker://host/image", Optional.of("qcow2"), Optional.of("/secret/accessKeyId"),
                    Optional.of("/secret/secretKey"), List.of("X: y"), List.of("/headers/0"), List.of("/certs"), true,
                    Optional.of("arm64"), Optional.of("/docker/config.json"), 8, 61, 301, List.of("169.254.0.0/16")),
            new TargetSpec("/data/disk.img", Optional.of(1L << 40), "falloc", "direct", true, Optional.of(0.055),
                    Optional.of("0660"), true),
            Optional.of("md5:00"), new ResumeSpec(false, Optional.of("/journal")), Optional.of("/scratch"),
            Optional.of(new MetricsSpec(8443, "uid")));

    @Test
    void orderSurvivesTheWire() throws NeedsUserException {
        assertEquals(WHOLE, Wire.spec(Wire.json(WHOLE)));
        TransferSpec least = TransferSpec.of("https://host/disk", "/data/disk.img");
        assertEquals(least, Wire.spec(Wire.json(least)));
    }

    @Test
    void whatAnOrderLeavesOutIsAtItsDefault() throws NeedsUserException {
        assertEquals(TransferSpec.of("https://host/disk", "/data/disk.img"),
                Wire.spec("""
                        {"source": {"location": "https://host/disk"}, "target": {"path": "/data/disk.img"}}"""));
    }

    @Test
    void inspectionNeedsNoTarget() throws NeedsUserException {
        assertEquals("https://h/d",
                Wire.spec("{\"action\": \"INSPECT\", \"source\": {\"location\": \"https://h/d\"}}").source()
                        .location());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"source":                                                                        | end-of-input
            []                                                                                | no JSON object
            {}                                                                                | source.location
            {"source": {"location": "a"}}                                                     | target.path
            {"source": {"location": "a", "sauce": 1}, "target": {"path": "b"}}                | sauce
            {"source": {"location": "a", "headers": null}, "target": {"path": "b"}}           | headers
            {"source": {"location": "a", "connections": null}, "target": {"path": "b"}}       | connections
            {"source": {"location": "a", "connections": "many"}, "target": {"path": "b"}}     | many
            {"source": {"location": "a"}, "target": {"path": "b"}, "metrics": {"port": 8443}} | ownerUid
            {"action": "EXPLODE", "source": {"location": "a"}, "target": {"path": "b"}}       | EXPLODE""")
    void orderThatIsNotUnderstoodNamesWhatIsWrong(String json, String named) {
        var failure = assertThrows(NeedsUserException.class, () -> Wire.spec(json));
        assertEquals(Reason.USAGE, failure.reason());
        assertTrue(failure.toString().contains(named), failure.toString());
    }

    @Test
    void resultSurvivesTheWire() {
        TransferResult result = result("Import Complete", Map.of("a", "b"));
        assertEquals(result, Wire.result(Wire.json(result)));
    }

    @Test
    void resultOfAnotherVersionIsRead() {
        TransferResult result = Wire.result("""
                {"outcome": "COMPLETE", "message": "Import Complete", "colour": {"of": "disk"}}""");
        assertEquals(Outcome.COMPLETE, result.outcome());
        assertEquals(Map.of(), result.labels());
        assertEquals(Optional.empty(), result.reason());
        assertEquals(0, result.virtualSize());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''", "Unable to process data", "[]", "{\"outcome\": \"MAYBE\"}"})
    void otherTerminationMessagesAreNoResult(String text) {
        assertThrows(IllegalArgumentException.class, () -> Wire.result(text));
    }

    @Test
    void longResultFitsIntoATerminationMessage() {
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            labels.put("label" + i, "a value of some length");
        }
        for (String letter : List.of("x", "\u00e9", "\u0007", "\ud83d\ude00")) {
            String json = Wire.json(result(letter.repeat(5000), labels));
            assertTrue(json.getBytes(StandardCharsets.UTF_8).length <= Wire.MAX_RESULT, "too long");
            TransferResult read = Wire.result(json);
            assertTrue(read.message().startsWith(letter), read.message());
            assertFalse(read.message().contains("\ufffd"), read.message());
            assertEquals("md5:" + "0".repeat(32), read.checksum().orElseThrow());
        }
    }

    @Test
    void labelsThatFitAreKept() {
        Map<String, String> labels = Map.of("instancetype.kubevirt.io/default-instancetype", "u1.small");
        assertEquals(labels, Wire.result(Wire.json(result("x".repeat(3500), labels))).labels());
    }

    private static TransferResult result(String message, Map<String, String> labels) {
        return new TransferResult(Outcome.COMPLETE, message, Optional.empty(), Optional.of("qcow2"), "xz", 1L << 40, 5,
                4, 3, 1.25, true, 7, labels, Optional.of("sha256:" + "a".repeat(64)),
                Optional.of("md5:" + "0".repeat(32)), Optional.of("arm64"));
    }
}
