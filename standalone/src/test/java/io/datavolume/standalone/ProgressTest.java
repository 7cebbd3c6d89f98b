package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.Progress.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    private static final long MIB = 1 << 20;
    private static final Progress HALF = new Progress(Stage.TRANSFERRING, 600 * MIB, 500 * MIB, 1000 * MIB, 500 * MIB,
            100 * MIB);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private List<String> drawn(int columns, Progress... moments) {
        try (BarProgress bar = new BarProgress(out, () -> columns, true)) {
            for (Progress moment : moments) {
                bar.update(moment);
            }
        }
        return Arrays.stream(bytes.toString(StandardCharsets.UTF_8).split("\r\033\\[K")).filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void barShowsStagePercentBytesRateAndTimeLeft() {
        String last = drawn(120, HALF).getLast();
        assertTrue(last.startsWith("transferring  50% |█"), last);
        assertTrue(last.contains("500 MiB of 1000 MiB"), last);
        assertTrue(last.contains("100 MiB/s, 0:05 left"), last);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 80, 100, 200, 400})
    void barIsNarrowerThanTheTerminal(int columns) {
        for (String line : drawn(columns, HALF)) {
            assertTrue(line.length() < columns, columns + ": " + line);
        }
    }

    @Test
    void barOfUnknownLengthShowsWhatWasRead() {
        String last = drawn(100, new Progress(Stage.TRANSFERRING, 3 * MIB, 0, -1, 0, 0)).getLast();
        assertTrue(last.contains("3.0 MiB read"), last);
        assertFalse(last.contains("left"), last);
    }

    @Test
    void warningAndEndLeaveACleanLine() {
        try (BarProgress bar = new BarProgress(out, () -> 80, false)) {
            bar.update(HALF);
            bar.warning("the server has no ranges");
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\r\033[KWarning: the server has no ranges\n"), text);
        assertTrue(text.endsWith("\r\033[K"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"-1; 0; 0; 0; transferring", "-1; 3145728; 0; 0; transferring 3.0 MiB read",
        "1048576000; 5; 524288000; 104857600; 'transferring 50%, 500 MiB of 1000 MiB, 100 MiB/s, 0:05 left'",
        "1000; 1000; 999; 0; 'transferring 99%, 999 B of 1000 B'"})
    void lineTellsWhatIsKnown(long total, long read, long done, double rate, String line) {
        assertEquals(line, LineProgress.line(new Progress(Stage.TRANSFERRING, read, 0, total, done, rate)));
    }

    @Test
    void linesComeEveryThreeSecondsAndAtEachStage() {
        AtomicLong now = new AtomicLong();
        LineProgress lines = new LineProgress(out, now::get);
        for (int i = 0; i < 70; i++) {
            lines.update(HALF);
            now.addAndGet(100_000_000);
        }
        lines.update(new Progress(Stage.SYNCING, 0, 0, -1, 0, 0));
        lines.close();
        lines.update(HALF);
        assertEquals(4, bytes.toString(StandardCharsets.UTF_8).lines().count(), bytes::toString);
    }

    @ParameterizedTest
    @CsvSource({"24 80, 80", "50 213, 213", "0 0, 80", "'', 80", "x, 80", "1 99999, 400"})
    void widthIsWhatTheTerminalSays(String answer, int columns) {
        assertEquals(columns, Terminal.parse(answer));
    }

    @Test
    void whatTakesLessThanASecondIsNotShown() {
        AtomicLong now = new AtomicLong();
        try (PatientProgress patient = new PatientProgress(new LineProgress(out, now::get), now::get)) {
            now.set(999_999_999);
            patient.update(HALF);
            assertEquals("", bytes.toString(StandardCharsets.UTF_8));
            now.set(1_000_000_000);
            patient.update(HALF);
        }
        assertTrue(bytes.toString(StandardCharsets.UTF_8).startsWith("transferring 50%"));
    }
}
