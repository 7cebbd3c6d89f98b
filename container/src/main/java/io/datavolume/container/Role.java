package io.datavolume.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a container can be: {@code args: ["@/app/worker"]} names the file with the options of its JVM.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html#java-command-line-argument-files">Argument files</a>
 */
enum Role {

    /** Fits in 256 MiB; a short run is over before the optimizing compiler has earned its time. */
    WORKER("io.datavolume.importer.worker.WorkerMain", List.of("-Xms16m", "-Xmn8m", "-Xmx128m",
            "-XX:MaxDirectMemorySize=48m", "-Xss512k", "-XX:ReservedCodeCacheSize=48m",
            "-XX:CompileThresholdScaling=3")),
    /** Its heap is little more than what it keeps of the cluster. */
    CONTROLLER("io.datavolume.controller.process.ControllerMain", List.of("-Xms24m", "-Xmx1g",
            "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=25", "-XX:TieredStopAtLevel=1", "-Xss512k")),
    OPERATOR("io.datavolume.operator.OperatorMain", List.of("-Xms16m", "-Xmx128m", "-XX:TieredStopAtLevel=1",
            "-Xss512k"));

    private static final List<String> ALL = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
            "-Xlog:disable", "-Xlog:all=error:stderr", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", "-Dstderr.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
            "-Dfile.encoding=UTF-8", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData",
            // Without a library of logs, as a worker is, there are none.
            "-Dslf4j.internal.verbosity=ERROR");

    /** Jars that only the control plane needs: whoever looks for a class or a service opens all jars before it. */
    private static final Pattern OF_CONTROL_PLANE = Pattern.compile("(kubernetes-|zjsonpatch-|snakeyaml-|logback-"
            + "|jackson-dataformat-yaml-|datavolume-(api|controller|kubernetes|operator|scratch|storage)-).*");

    private final String main;
    private final List<String> own;

    Role(String main, List<String> own) {
        this.main = main;
        this.own = own;
    }

    /** Name of its file below {@code /app}. */
    String file() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param app {@code /app}, or where it stands while the image is made */
    Path archive(Path app) {
        return app.resolve(file() + ".jsa");
    }

    /** Whether a jar is on its class path. */
    boolean needs(Path jar) {
        return this != WORKER || !OF_CONTROL_PLANE.matcher(jar.getFileName().toString()).matches();
    }

    String main() {
        return main;
    }

    /** Options of its JVM, without archive and class path. */
    List<String> options() {
        List<String> options = new ArrayList<>(ALL);
        options.addAll(own);
        return options;
    }
}
