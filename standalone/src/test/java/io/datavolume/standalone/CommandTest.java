package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands on local files that qemu-img made, from words to exit code. */
class CommandTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SIZE = 4 << 20;

    @TempDir
    private Path folder;
    private Path raw;
    private Path qcow2;
    private Path target;

    @BeforeEach
    void makeImages() throws Exception {
        byte[] content = new byte[SIZE];
        new Random(3).nextBytes(content);
        raw = Files.write(folder.resolve("disk.raw"), content);
        qcow2 = folder.resolve("disk.qcow2");
        target = Files.createDirectory(folder.resolve("out")).resolve("disk.img");
        QemuImgTest.qemuImg("convert", "-c", "-f", "raw", "-O", "qcow2", raw, qcow2);
    }

    private Path withBackingFile() throws Exception {
        Path image = folder.resolve("delta.qcow2");
        QemuImgTest.qemuImg("create", "-q", "-f", "qcow2", "-F", "raw", "-b", raw, image);
        return image;
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void importPrintsOneLineAndLeavesTheDiskOnly() throws Exception {
        Run run = Run.of("import", qcow2, target);
        assertEquals(0, run.code(), run.err());
        assertEquals(1, run.out().lines().count(), run.out());
        assertTrue(run.out().startsWith("Imported " + target + ": qcow2, 4.0 MiB disk"), run.out());
        assertEquals(-1, Files.mismatch(raw, target));
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals(List.of(target), files.toList());
        }
    }

    @Test
    void portThatCannotBeIsWrongUsage() {
        Run run = Run.of("import", "http://127.0.0.1:99999/disk.qcow2", target);
        assertEquals(2, run.code(), run.err());
    }

    @Test
    void passwordInWhatWasNotUnderstoodIsNotShown() {
        Run run = Run.of("import", "disk.qcow2", target, "http://me:secret@host/x?token=secret");
        assertEquals(2, run.code(), run.err());
        assertFalse(run.err().contains("secret"), run.err());
        assertFalse(Run.of("convert", "http://me:secret@host/x?token=secret", target).err().contains("secret"));
    }

    @Test
    void damagedImageWithAChecksumHasAnotherChecksum() throws Exception {
        StringBuilder letters = new StringBuilder();
        new Random(5).ints(SIZE, 'a', 'z').forEach(letter -> letters.append((char) letter));
        Files.writeString(raw, letters);
        QemuImgTest.qemuImg("convert", "-c", "-f", "raw", "-O", "qcow2", raw, qcow2);
        byte[] bytes = Files.readAllBytes(qcow2);
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 512, (byte) 0xff);
        Files.write(qcow2, bytes);
        assertEquals(3, Run.of("import", qcow2, target).code());
        Run run = Run.of("import", qcow2, target, "--checksum", "sha256:" + sum);
        assertEquals(4, run.code(), run.err());
        assertNothingLeft();
    }

    @Test
    void convertOfAUrlSaysWhichCommandTakesIt() {
        Run run = Run.of("convert", "https://example.org/disk.qcow2", target);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("cdi import"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"builtin", "qemu-img"})
    void convertGrowsTheDiskToTheSize(String engine) throws Exception {
        Run run = Run.of("convert", qcow2, target, "--engine", engine, "--size", "6Mi");
        assertEquals(0, run.code(), run.err());
        assertEquals(6 << 20, Files.size(target));
        assertEquals(SIZE, Files.mismatch(raw, target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"builtin", "qemu-img"})
    void imageWithBackingFileIsRefusedByEitherEngine(String engine) throws Exception {
        Run run = Run.of("convert", withBackingFile(), target, "--engine", engine);
        assertEquals(3, run.code(), run.err());
        assertTrue(run.err().contains("backing-file at offset 8"), run.err());
        assertEquals("", run.out());
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"builtin", "qemu-img"})
    void imageLargerThanTheSizeHasNoSpace(String engine) throws Exception {
        Run run = Run.of("convert", qcow2, target, "--engine", engine, "--size", "2Mi");
        assertEquals(5, run.code(), run.err());
        assertTrue(run.err().contains("larger --size"), run.err());
        assertFalse(Files.exists(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"builtin", "qemu-img"})
    void existingTargetIsReplacedByForceOnly(String engine) throws Exception {
        Files.writeString(target, "precious");
        Run refused = Run.of("convert", qcow2, target, "--engine", engine);
        assertEquals(1, refused.code(), refused.err());
        assertEquals("precious", Files.readString(target));
        assertEquals(0, Run.of("convert", qcow2, target, "--engine", engine, "--force").code());
        assertEquals(-1, Files.mismatch(raw, target));
    }

    @Test
    void wrongChecksumHasItsExitCodeAndLeavesNothing() throws Exception {
        Run run = Run.of("import", raw, target, "--checksum", "md5:" + "0".repeat(32));
        assertEquals(4, run.code(), run.err());
        assertNothingLeft();
    }

    @Test
    void rightChecksumIsToldInTheSummary() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(qcow2));
        Run run = Run.of("import", qcow2, target, "--checksum", "sha256:" + HexFormat.of().formatHex(digest));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().endsWith("; sha256 verified\n"), run.out());
        assertEquals(-1, Files.mismatch(raw, target));
    }

    @Test
    void missingSourceIsAFailure() throws Exception {
        Run run = Run.of("import", folder.resolve("none"), target);
        assertEquals(1, run.code(), run.err());
        assertNothingLeft();
    }

    @Test
    void jsonHoldsTheResultAlone() {
        Run run = Run.of("import", qcow2, target, "--output", "json");
        assertEquals(0, run.code(), run.err());
        JsonNode result = JSON.readTree(run.out());
        assertEquals("COMPLETE", result.get("outcome").asString());
        assertEquals(SIZE, result.get("virtualSize").asLong());
        run.err().lines().forEach(line -> assertTrue(JSON.readTree(line).has("stage"), line));
    }

    @Test
    void inspectTellsSizeAndChecks() {
        Run run = Run.of("inspect", qcow2);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains(SIZE + " bytes") && run.out().contains("✓ backing-file"), run.out());
    }

    @Test
    void inspectOfARefusedImageShowsWhyAndHasItsExitCode() throws Exception {
        Run run = Run.of("inspect", withBackingFile(), "--output", "json");
        assertEquals(3, run.code(), run.err());
        JsonNode found = JSON.readTree(run.out());
        assertTrue(found.get("refused").asBoolean() && found.get("refusal").asString().contains("backing-file"));
    }
}
