package io.datavolume.importer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.Progress.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProgressLinesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ProgressLines lines = new ProgressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private List<String> printed() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void lineHasStageBytesTotalAndRate() {
        lines.update(new Progress(Stage.TRANSFERRING, 10, 20, 400, 100, 50.4));
        JsonNode line = JSON.readTree(printed().getFirst());
        assertEquals("transferring", line.get("stage").asString());
        assertEquals(10, line.get("bytesRead").asLong());
        assertEquals(20, line.get("bytesWritten").asLong());
        assertEquals(400, line.get("total").asLong());
        assertEquals(100, line.get("done").asLong());
        assertEquals(50, line.get("rate").asLong());
        assertEquals(25.0, line.get("percent").asDouble());
        assertEquals(6, line.get("secondsLeft").asLong());
    }

    @Test
    void eachStageIsToldAtOnceAndTheSameOneNotAgain() {
        for (Stage stage : Stage.values()) {
            lines.update(new Progress(stage, 0, 0, -1, 0, 0));
            lines.update(new Progress(stage, 1, 1, -1, 1, 0));
        }
        assertEquals(Stage.values().length, printed().size());
    }

    @Test
    void warningIsOneLineOfAtMostFourKibibytesWhateverItHolds() {
        for (String letter : List.of("x", "\n", "\u001b", "\u20ac", "\ud83d\ude00")) {
            lines.warning(letter.repeat(9000));
        }
        assertEquals(5, printed().size());
        for (String line : printed()) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 4096, "length " + line.length());
            assertTrue(JSON.readTree(line).get("warning").asString().length() > 100, line);
        }
    }
}
