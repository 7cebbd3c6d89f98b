package io.datavolume.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    // Native access is allowed in the way that does not switch off the archived graph of modules.
    private static final List<String> ALL = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
            "-Xlog:disable", "-Xlog:all=error:stderr", "--illegal-native-access=allow",
            "--sun-misc-unsafe-memory-access=allow", "-Dstderr.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
            "-Dfile.encoding=UTF-8", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData");

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
