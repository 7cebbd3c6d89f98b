package io.datavolume.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs a role once, and archives the classes that it loads: a start from the archive takes under half the time. They are
 * linked there and loaded at each start, so a worker's hold what a short import needs and not its metrics. The JVM
 * refuses the archive where the jars are others.
 */
record Training(Path java, Role role, Path app, List<Path> classPath) {

    private static final long SECONDS = 12;
    /** Threads load classes in another order each time; the call sites of classes, marked so, come after these. */
    private static final Comparator<String> ORDER = Comparator.<String, Boolean>comparing(line -> line.startsWith("@"))
            .thenComparing(Comparator.naturalOrder());
    private static final List<String> SETTINGS = List.of("CONTROLLER_IMAGE", "IMPORTER_IMAGE", "CLONER_IMAGE",
            "APISERVER_IMAGE", "UPLOAD_SERVER_IMAGE", "UPLOAD_PROXY_IMAGE", "OPERATOR_VERSION", "VERBOSITY");

    void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("cdi-training");
        try (TrainingServer server = new TrainingServer(folder)) {
            Set<String> classes = new LinkedHashSet<>();
            for (Map<String, String> environment : environments(folder, server)) {
                classes.addAll(classes(folder, environment));
            }
            Path list = Files.write(folder.resolve("classes"), classes.stream().sorted(ORDER).toList());
            ImageRoot.run(java("-Xshare:dump", "-XX:+AOTClassLinking", "-XX:SharedClassListFile=" + list,
                    "-XX:SharedArchiveFile=" + role.archive(app)));
        } finally {
            ImageRoot.remove(folder);
        }
    }

    /** What a run with this environment loads. Numbers, which only tell classes of one name apart, are left out. */
    private List<String> classes(Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path list = folder.resolve("loaded");
        ProcessBuilder builder = java("-XX:DumpLoadedClassList=" + list, role.main());
        builder.environment().clear();
        builder.environment().putAll(environment);
        run(builder, folder.resolve("log"));
        if (!Files.exists(list)) {
            throw new IOException("the run of " + role.main() + " left no list of its classes");
        }
        List<String> lines = Files.readAllLines(list).stream().filter(line -> !line.contains(" source: "))
                .map(line -> line.replaceFirst(" id: \\d+$", "")).toList();
        Files.delete(list);
        return lines;
    }

    private ProcessBuilder java(String... words) throws IOException {
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

    /** Of the runs that are worth a fast start. */
    private List<Map<String, String>> environments(Path folder, TrainingServer server) throws IOException {
        return role == Role.WORKER
                ? List.of(worker(folder, "http://" + server.web() + "/disk.raw", ""),
                        worker(folder, "docker://" + server.registry() + "/disk:1", server.authority().toString()))
                : List.of(controlPlane(folder, server.web()));
    }

    private static Map<String, String> worker(Path folder, String location, String authority) {
        return Map.of("TRANSFER_RESULT", folder.resolve("result").toString(), "TRANSFER_SPEC", """
                {"source": {"location": "%s", "certificates": [%s]}, "target": {"path": "%s", "force": true}}
                """.formatted(location, authority.isEmpty() ? "" : '"' + authority + '"', folder.resolve("disk.img")));
    }

    private static Map<String, String> controlPlane(Path folder, String server) throws IOException {
        Map<String, String> environment = new HashMap<>();
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
                 "clusters": [{"name": "c", "cluster": {"server": "http://%s"}}]}
                """.formatted(server)).toString());
        return environment;
    }
}
