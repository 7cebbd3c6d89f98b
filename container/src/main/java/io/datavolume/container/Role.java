package io.datavolume.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a container can be: {@code args: ["@/app/worker"]} names the file with the options of its JVM.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html#java-command-line-argument-files">Argument files</a>
 */
enum Role {

    WORKER("io.datavolume.importer.worker.WorkerMain"),
    CONTROLLER("io.datavolume.controller.process.ControllerMain"),
    OPERATOR("io.datavolume.operator.OperatorMain");

    /** Jars that only the control plane needs: whoever looks for a class or a service opens all jars before it. */
    private static final Pattern OF_CONTROL_PLANE = Pattern.compile("(kubernetes-|zjsonpatch-|snakeyaml-|logback-"
            + "|jackson-dataformat-yaml-|datavolume-(api|controller|kubernetes|operator|scratch|storage)-).*");

    private final String main;

    Role(String main) {
        this.main = main;
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

    /** Options of its JVM, without archive and class path: those of all roles, and its own. */
    List<String> options() throws IOException {
        List<String> options = new ArrayList<>(read("all"));
        options.addAll(read(file()));
        return options;
    }

    private static List<String> read(String name) throws IOException {
        try (InputStream file = Role.class.getResourceAsStream(name + ".options")) {
            String text = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
