package io.datavolume.standalone.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.datavolume.storage.Bytes;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command line of a worker: this very Java and these very classes, in the memory that a worker needs, behind the
 * processes of the user. The kernel ends a write that would make a file larger than the largest volume.
 *
 * @param java the JVM's program
 * @param classPath of this process
 * @param main the worker's main class
 * @param tools folders in which programs are looked for
 */
record WorkerCommand(Path java, String classPath, String main, List<Path> tools) {

    /** What every worker does with: heap and direct buffers. */
    private static final long HEAP = 144L << 20;
    private static final long DIRECT = 48L << 20;
    /** Memory limit from which a worker gets all of that. */
    private static final long ENOUGH = 256L << 20;
    private static final long SMALLEST_HEAP = 48L << 20;
    private static final long SMALLEST_DIRECT = 24L << 20;
    /** For logs, archives of classes and the like, however small the volume is. */
    private static final long SMALLEST_FILE = 64L << 20;
    private static final int KIB = 1 << 10;
    /** Written by the launcher beside the jar: halves the time until the first byte. */
    private static final String CLASS_ARCHIVE = "cdi.jsa";

    /** As this process was started. */
    static WorkerCommand here(String main) {
        List<Path> folders = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", "")).filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return new WorkerCommand(Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"), main, folders);
    }

    /** @param largestVolume bytes; 0 if the worker has none */
    List<String> line(Container container, long largestVolume) {
        List<String> line = new ArrayList<>();
        if (largestVolume > 0) {
            tool("prlimit").ifPresent(program -> line
                    .addAll(List.of(program.toString(), "--fsize=" + Math.max(largestVolume, SMALLEST_FILE))));
        }
        tool("nice").ifPresent(program -> line.addAll(List.of(program.toString(), "-n", "5")));
        line.add(java.toString());
        line.addAll(memory(container));
        line.addAll(List.of("-XX:+UseSerialGC", "-Xms16m", "-Xss512k", "-XX:ReservedCodeCacheSize=48m",
                "-XX:+ExitOnOutOfMemoryError", "-Xlog:disable", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8",
                "-Dfile.encoding=UTF-8"));
        classArchive().ifPresent(archive -> line.add("-XX:SharedArchiveFile=" + archive));
        line.addAll(List.of("-cp", classPath, main));
        return line;
    }

    private static List<String> memory(Container container) {
        long limit = limit(container).orElse(ENOUGH);
        long heap = limit >= ENOUGH ? HEAP : Math.max(SMALLEST_HEAP, HEAP / KIB * limit / ENOUGH * KIB);
        long direct = limit >= ENOUGH ? DIRECT : Math.max(SMALLEST_DIRECT, DIRECT / KIB * limit / ENOUGH * KIB);
        return List.of("-Xmx" + heap / KIB + "k", "-XX:MaxDirectMemorySize=" + direct / KIB + "k");
    }

    private static Optional<Long> limit(Container container) {
        Map<String, Quantity> limits = container.getResources() == null ? null : container.getResources().getLimits();
        return limits == null
                ? Optional.empty()
                : Optional.ofNullable(limits.get("memory")).map(memory -> Bytes.of("resources.limits.memory", memory));
    }

    private Optional<Path> classArchive() {
        Path first = Path.of(classPath.split(File.pathSeparator, 2)[0]).toAbsolutePath();
        Path archive = first.resolveSibling(CLASS_ARCHIVE);
        return Files.isRegularFile(archive) ? Optional.of(archive) : Optional.empty();
    }

    private Optional<Path> tool(String name) {
        return tools.stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
    }
}
