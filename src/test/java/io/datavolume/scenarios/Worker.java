package io.datavolume.scenarios;

import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.Wire;
import io.datavolume.importer.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker as its own process, as a controller starts it. */
final class Worker {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Worker() {}

    /** Started with the order in its environment; the result goes to the file. */
    static Process start(TransferSpec spec, Path result) throws IOException, InterruptedException {
        return start(json(spec), result);
    }

    static Process start(String spec, Path result) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().putAll(environment(spec, result));
        return builder.start();
    }

    static Cdi.Ended run(TransferSpec spec, Path result) throws IOException, InterruptedException {
        return Cdi.wait(start(spec, result));
    }

    static Map<String, String> environment(String spec, Path result) {
        return Map.of("TRANSFER_SPEC", spec, "TRANSFER_RESULT", result.toString());
    }

    static String json(TransferSpec spec) {
        return Wire.json(spec);
    }

    /** Words that start the worker's JVM. */
    static List<String> command() throws IOException, InterruptedException {
        Path libraries = Cdi.root().resolve("standalone/target/lib");
        if (!Files.isDirectory(libraries)) {
            // The launcher builds what is missing.
            Cdi.run("--version").expect(0);
        }
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-Xmx128m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                libraries + "/*", WorkerMain.class.getName());
    }

    static TransferResult result(Path file) throws IOException {
        return Wire.result(Files.readString(file));
    }

    /** Standard output, every line of which must be one JSON object. */
    static List<JsonNode> lines(String out) {
        List<JsonNode> lines = new ArrayList<>();
        out.lines().forEach(line -> {
            JsonNode node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new AssertionError("no JSON object: " + line);
            }
            lines.add(node);
        });
        return lines;
    }
}
