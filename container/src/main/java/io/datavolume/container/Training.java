package io.datavolume.container;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs a role once, and archives the classes that it loads: a start from the archive takes under half the time. They are
 * linked there and loaded at each start, so a worker's hold what a short import needs and not its metrics. The JVM
 * refuses the archive where the jars are others.
 */
record Training(Path java, Role role, Path app, List<Path> classPath) {

    private static final byte[] IMAGE = new byte[1 << 20];
    private static final long SECONDS = 12;
    private static final List<String> SETTINGS = List.of("CONTROLLER_IMAGE", "IMPORTER_IMAGE", "CLONER_IMAGE",
            "APISERVER_IMAGE", "UPLOAD_SERVER_IMAGE", "UPLOAD_PROXY_IMAGE", "OPERATOR_VERSION", "VERBOSITY");

    void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("cdi-training");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/disk.raw", exchange -> {
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : IMAGE.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(IMAGE);
            }
            exchange.close();
        });
        server.start();
        try {
            Path classes = folder.resolve("classes");
            ProcessBuilder builder = java("-XX:DumpLoadedClassList=" + classes, role.main());
            builder.environment().clear();
            builder.environment().putAll(environment(folder, server.getAddress().getPort()));
            run(builder, folder.resolve("log"));
            if (!Files.exists(classes)) {
                throw new IOException("the run of " + role.main() + " left no list of its classes");
            }
            ImageRoot.run(java("-Xshare:dump", "-XX:+AOTClassLinking", "-XX:SharedClassListFile=" + classes,
                    "-XX:SharedArchiveFile=" + role.archive(app)));
        } finally {
            server.stop(0);
            try (var left = Files.list(folder)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private ProcessBuilder java(String... words) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(role.options());
        command.addAll(List.of("-cp", classPath.stream().map(jar -> app.resolve("lib").resolve(jar).toString())
                .collect(Collectors.joining(":"))));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    /** A process that would run for ever is told to end after a while. */
    private static void run(ProcessBuilder builder, Path log) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
        }
        if (!process.waitFor(2 * SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(builder.command().getLast() + " does not end: " + Files.readString(log));
        }
    }

    private Map<String, String> environment(Path folder, int port) throws IOException {
        Map<String, String> environment = new HashMap<>();
        if (role == Role.WORKER) {
            environment.put("TRANSFER_RESULT", folder.resolve("result").toString());
            environment.put("TRANSFER_SPEC", """
                    {"source": {"location": "http://127.0.0.1:%d/disk.raw"}, "target": {"path": "%s"}}
                    """.formatted(port, folder.resolve("disk.img")));
            return environment;
        }
        // Nobody answers to these; what they need for that is most of what they are.
        for (String variable : SETTINGS) {
            environment.put(variable, "1");
        }
        environment.put("PULL_POLICY", "Never");
        environment.put("POD_NAMESPACE", "cdi");
        environment.put("METRICS_PORT", "0");
        environment.put("HEALTH_PORT", "0");
        environment.put("READY_FILE", folder.resolve("ready").toString());
        environment.put("KUBECONFIG", Files.writeString(folder.resolve("kubeconfig"), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "c",
                 "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                 "users": [{"name": "u", "user": {"token": "t"}}],
                 "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:%d"}}]}
                """.formatted(port)).toString());
        return environment;
    }
}
