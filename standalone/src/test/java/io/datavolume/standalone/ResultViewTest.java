package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferResult.Outcome;
import io.datavolume.importer.TransferSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultViewTest {

    private static final TransferSpec SPEC = TransferSpec.of("https://host/d.qcow2.xz", "d.img");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TransferResult result(Outcome outcome, Optional<String> reason) {
        return new TransferResult(outcome, "what was\033[31m wrong", reason, Optional.of("qcow2"), "xz", 20L << 30,
                800L << 20, 3L << 20, 2L << 30, 10, false, 5L << 30, Map.of("os", "fedora"), Optional.empty(),
                Optional.of("sha256:00"));
    }

    @Test
    void summaryIsOneLine() {
        assertEquals(
                "Imported d.img: qcow2 in xz, 20.0 GiB disk, 2.0 GiB of data; read 800 MiB (3.0 MiB of it for the"
                        + " second time) in 10 s, 80.0 MiB/s; sha256 verified",
                ResultView.summary(SPEC, result(Outcome.COMPLETE, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETE,,0", "RETRYABLE,,1", "NEEDS_SCRATCH,,1", "NEEDS_USER,NOT_FOUND,1",
        "NEEDS_USER,ACCESS_DENIED,1", "NEEDS_USER,TARGET,1", "NEEDS_USER,SOURCE_CHANGED,1", "NEEDS_USER,USAGE,2",
        "NEEDS_USER,REFUSED_IMAGE,3", "NEEDS_USER,CHECKSUM,4", "NEEDS_USER,NO_SPACE,5",
        "NEEDS_USER,TOO_LARGE,5", "NEEDS_USER,,1", "NEEDS_USER,OF_THE_FUTURE,1"})
    void exitCodeTellsTheKindOfFailure(Outcome outcome, String reason, int code) {
        assertEquals(code, ExitCode.of(result(outcome, Optional.ofNullable(reason))).number());
    }

    @Test
    void everyReasonIsPartOfTheTable() {
        assertEquals(9, Reason.values().length, "a new reason needs an exit code and a line in the table above");
    }

    @Test
    void jsonIsOneObjectWithPathAndExitCode() {
        JsonNode json = JSON.readTree(
                ResultView.json(SPEC, result(Outcome.NEEDS_USER, Optional.of("CHECKSUM"))));
        assertEquals("NEEDS_USER", json.get("outcome").asString());
        assertEquals("CHECKSUM", json.get("reason").asString());
        assertEquals(20L << 30, json.get("virtualSize").asLong());
        assertEquals("d.img", json.get("path").asString());
        assertEquals(4, json.get("exitCode").asInt());
    }

    @Test
    void failureGoesToStandardErrorWithAHintAndWithoutControlCharacters() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ResultView.print(new Streams(new PrintStream(out), new PrintStream(err)), OutputFormat.TEXT, SPEC,
                result(Outcome.NEEDS_SCRATCH, Optional.empty()));
        assertEquals("", out.toString());
        assertEquals("Error: what was?[31m wrong\nHint: give --scratch DIR, a folder with 5.0 GiB free\n",
                err.toString());
    }

    @Test
    void errorInJsonIsAnObjectOnStandardErrorToo() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ResultView.print(new Streams(new PrintStream(out), new PrintStream(err)), OutputFormat.JSON, SPEC,
                result(Outcome.RETRYABLE, Optional.empty()));
        assertEquals(1, JSON.readTree(out.toString()).get("exitCode").asInt());
        assertTrue(JSON.readTree(err.toString()).has("error"));
    }
}
