package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.TransferSpec;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OptionsTest {

    @TempDir
    private Path folder;

    private static TransferSpec importing(String... words) throws NeedsUserException {
        CommandLine line = Main
                .commandLine(new Streams(new PrintStream(PrintStream.nullOutputStream()), System.err));
        CommandLine subcommand = line.parseArgs(words).subcommand().commandSpec().commandLine();
        return ((ImportCommand) subcommand.getCommand()).spec();
    }

    @Test
    void plainImportIsTheDefaultOrder() throws Exception {
        assertEquals(TransferSpec.of("https://host/d.qcow2", "d.img"),
                importing("import", "https://host/d.qcow2", "d.img"));
    }

    @Test
    void everyOptionReachesTheOrder() throws Exception {
        Path ca = Files.createFile(folder.resolve("ca.pem"));
        TransferSpec spec = importing("import", "--size", "1.5Gi", "--format=vhdx", "--checksum",
                "SHA256:" + "aB".repeat(32), "--preallocation", "falloc", "--cache", "direct", "--user-file", "u",
                "--password-file", "p", "--header", "A: b", "--header", "C: d", "--header-file", "h", "--ca",
                ca.toString(), "--insecure", "--platform", "arm64", "--docker-config", "dc", "--connections", "8",
                "--stall-timeout", "10s", "--retry-timeout", "1h", "--scratch", folder.toString(), "--no-resume",
                "--journal-dir", folder.toString(), "--force", "docker://host/image", "d.img");
        assertEquals(new TransferSpec.SourceSpec("docker://host/image", Optional.of("vhdx"), Optional.of("u"),
                Optional.of("p"), List.of("A: b", "C: d"), List.of("h"), List.of(ca.toString()), true,
                Optional.of("arm64"), Optional.of("dc"), 8, 10, 3600, List.of()), spec.source());
        assertEquals(new TransferSpec.TargetSpec("d.img", Optional.of(1610612736L), "falloc", "direct", true),
                spec.target());
        assertEquals(new TransferSpec.ResumeSpec(false, Optional.of(folder.toString())), spec.resume());
        assertEquals(Optional.of("sha256:" + "ab".repeat(32)), spec.checksum());
        assertEquals(Optional.of(folder.toString()), spec.scratchFolder());
    }

    @Test
    void resumeIsOnUnlessSwitchedOff() throws Exception {
        assertTrue(importing("import", "a", "b").resume().enabled());
        assertTrue(importing("import", "--resume", "a", "b").resume().enabled());
        assertFalse(importing("import", "--no-resume", "a", "b").resume().enabled());
    }

    @Test
    void standardInputIsASource() throws Exception {
        assertEquals("-", importing("import", "-", "d.img").source().location());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--size=20Gx", "--size=0", "--format=qed", "--preallocation=some", "--cache=none",
        "--connections=0", "--connections=65", "--connections=x", "--stall-timeout=0", "--checksum=crc32:00",
        "--checksum=sha256:00", "--scratch=/nonexistent", "--journal-dir=/nonexistent", "--ca=/nonexistent",
        "--output=xml", "--unknown", "--user=:p", "--header=no-colon", "--header-file=/nonexistent",
        "--password-file=/nonexistent"})
    void wrongOptionsAreErrorsOfUsage(String option) {
        Run run = Run.of("import", option, "source", folder.resolve("d.img"));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("Error: "), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(folder.resolve("d.img")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "import a", "import a b c", "inspect", "convert a", "completion tcsh",
        "completion", "frobnicate", "import ftp://host/x b", "import json:{} ''", "import  b",
        "import --user a:b --user-file f a b"})
    void wrongWordsAreErrorsOfUsage(String words) {
        Run run = Run.of((Object[]) words.replace("''", "").split(" ", -1));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("Error: "), run.err());
    }

    @Test
    void nothingAtAllShowsWhatIsPossible() {
        Run run = Run.of();
        assertEquals(2, run.code());
        assertTrue(run.err().contains("import"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "inspect", "convert", "completion"})
    void helpHasExamples(String command) {
        Run run = Run.of(command, "--help");
        assertEquals(0, run.code());
        assertTrue(run.out().contains("Examples:\n  ") && run.out().contains("  cdi " + command), run.out());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
    }

    @Test
    void versionNamesTheBuild() {
        String version = Run.of("version").out();
        assertTrue(version.matches("cdi [0-9]+\\.[0-9]+\\.[0-9]+\\S* \\(Java [0-9].*\\)\n"), version);
        assertEquals(version, Run.of("--version").out());
    }

    @Test
    void unknownSchemeNamesThoseThatAreKnown() {
        assertTrue(assertThrows(NeedsUserException.class, () -> SourceLocation.check("ftp://host/x")).toString()
                .contains("docker://"));
    }
}
