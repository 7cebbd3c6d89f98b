package io.datavolume.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The Java runtime of the image: the modules that are needed, linked by the JDK that builds. */
record JavaRuntime(Path folder) {

    /** What the libraries ask for, of which a part only reflectively. */
    private static final String MODULES = String.join(",", "java.base", "java.logging", "java.management",
            "java.naming",
            "java.sql", "java.xml", "jdk.crypto.ec", "jdk.management", "jdk.naming.dns", "jdk.unsupported");

    private static final Pattern PROVIDER = Pattern.compile("security\\.provider\\.\\d+=.*");
    /** The first in the JDK's list. */
    private static final List<String> PROVIDERS = List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");

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
        keepOwnProviders(folder.resolve("conf/security/java.security"));
    }

    /**
     * Leaves out the security providers of modules that are not there. For one of them the JVM makes every provider that
     * it finds in jars, Bouncy Castle's too, which took half a second of each TLS connection's start.
     */
    private static void keepOwnProviders(Path properties) throws IOException {
        List<String> lines = Files.readAllLines(properties, StandardCharsets.ISO_8859_1);
        Files.write(properties, lines.stream().filter(line -> !PROVIDER.matcher(line).matches()
                || PROVIDERS.stream().anyMatch(name -> line.endsWith("=" + name))).toList(),
                StandardCharsets.ISO_8859_1);
    }
}
