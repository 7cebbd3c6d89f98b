package io.datavolume.scenarios.process;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The controller's process, started as its container starts it. */
public final class Controller implements AutoCloseable {

    private static final Path MODULE = Path.of("../../controller/target").toAbsolutePath().normalize();
    private static final int SECONDS = 60;
    /** Of the image. */
    private static final Path OPTIONS = Path.of("../../container/src/main/resources/io/datavolume/container")
            .toAbsolutePath().normalize();

    private final Process process;
    private final Path folder;
    private final String name;
    private final int metricsPort;
    private final int healthPort;

    /** @param name of its host */
    public Controller(Path kubeconfig, Path folder, String name, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.name = name;
        metricsPort = freePort();
        healthPort = freePort();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(java, "@" + OPTIONS.resolve("all.options"),
                "@" + OPTIONS.resolve("controller.options"), "-cp",
                MODULE.resolve("classes") + ":" + MODULE.resolve("lib") + "/*",
                "io.datavolume.controller.process.ControllerMain", "-v=1"));
        builder.environment().putAll(Map.of("KUBECONFIG", kubeconfig.toString(), "HOSTNAME", name,
                "IMPORTER_IMAGE", "example.org/importer:1", "PULL_POLICY", "Never", "POD_NAMESPACE", "default",
                "METRICS_PORT", String.valueOf(metricsPort), "HEALTH_PORT", String.valueOf(healthPort),
                "READY_FILE", readyFile().toString()));
        // One arena of the C library for each thread would keep what each has freed.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    Path readyFile() {
        return folder.resolve(name + ".ready");
    }

    String said() throws IOException {
        return Files.readString(log());
    }

    int metricsPort() {
        return metricsPort;
    }

    int health(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + path)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** Largest resident set so far, in KiB. */
    public long peakKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst().orElseThrow();
    }

    /** Waits until its log holds this. */
    public void awaitSaid(String text) throws IOException, InterruptedException {
        for (int i = 0; i < SECONDS * 10 && process.isAlive() && !said().contains(text); i++) {
            Thread.sleep(100);
        }
        if (!said().contains(text)) {
            fail(name + " did not say '" + text + "' but:\n" + said());
        }
    }

    /** Sends SIGTERM, or waits for an end by itself. */
    public int end(boolean terminate) throws InterruptedException {
        if (terminate) {
            process.destroy();
        }
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), name + " does not end");
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
