package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs that make the images of the tests. */
final class Tools {

    private Tools() {}

    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(List.of(command) + " failed: " + output);
        }
        return output;
    }

    static void assertMessage(Throwable failure, String part) {
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.toString());
    }

    /** Runs a line of shell. */
    static String shell(Path folder, String line) throws IOException, InterruptedException {
        return run(folder, "sh", "-ec", line);
    }
}
