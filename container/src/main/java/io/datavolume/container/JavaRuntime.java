package io.datavolume.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java runtime of the image: the modules that are needed, linked by the JDK that builds. */
record JavaRuntime(Path folder) {

    /** What the libraries ask for, of which a part only reflectively. */
    private static final String MODULES = String.join(",", "java.base", "java.logging", "java.management",
            "java.naming",
            "java.sql", "java.xml", "jdk.crypto.ec", "jdk.management", "jdk.naming.dns", "jdk.unsupported");

    Path java() {
        return folder.resolve("bin/java");
    }

    /** @param modules folder with the modules of another architecture's JDK, or empty for the one that runs this */
    void link(String modules) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
                "--add-modules", MODULES, "--strip-debug", "--no-header-files", "--no-man-pages", "--compress", "zip-6",
                "--output", folder.toString()));
        if (!modules.isEmpty()) {
            command.addAll(List.of("--module-path", modules));
        }
        ImageRoot.run(new ProcessBuilder(command));
    }
}
