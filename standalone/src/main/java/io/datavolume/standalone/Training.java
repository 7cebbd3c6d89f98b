package io.datavolume.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Loads the classes that most imports need, for the archive from which the launcher starts later runs: a small image
 * is converted as it is and compressed, fetched from a web server, and asked for by TLS where nobody answers.
 */
final class Training {

    private Training() {}

    /** @param args a folder to work in, which is left empty */
    public static void main(String[] args) throws IOException {
        Path packed = Path.of(args[0], "training.qcow2.gz");
        Path plain = Path.of(args[0], "training.qcow2");
        Path target = Path.of(args[0], "training.img");
        try (InputStream image = resource(); InputStream again = new GZIPInputStream(resource())) {
            Files.copy(image, packed);
            Files.copy(again, plain);
            run("convert", plain.toString(), target.toString());
            run("convert", packed.toString(), target.toString(), "--force");
            fetch(Files.readAllBytes(plain), target);
            run("import", "https://127.0.0.1:1/nothing", target + ".2", "--retry-timeout", "1s");
        } finally {
            Files.deleteIfExists(packed);
            Files.deleteIfExists(plain);
            Files.deleteIfExists(target);
        }
    }

    private static void fetch(byte[] image, Path target) throws IOException {
        try (TrainingServer server = new TrainingServer(image)) {
            run("import", server.url(), target.toString(), "--force");
            run("import", server.url(), target.toString(), "--force", "--no-resume");
        }
    }

    private static InputStream resource() {
        return Objects.requireNonNull(Training.class.getResourceAsStream("training.qcow2.gz"));
    }

    private static void run(String... args) {
        PrintStream log = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Main.commandLine(new Streams(log, log)).execute(args);
    }
}
