package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with a JDK and a Maven that are small scripts: what it starts, and with what. */
class LauncherTest {

    private static final String FAKE_JAVA = """
            #!/bin/sh
            echo "started in $PWD"
            for word in "$@"; do echo "word $word"; done
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo built >> "$LOG"
            mkdir -p standalone/target/lib
            : > standalone/target/datavolume-standalone-1.jar
            """;

    @TempDir
    private Path folder;
    private Path home;
    private Path bin;

    private record Outcome(int code, String output) {}

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("home with space"));
        bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of("..", "cdi"), home.resolve("cdi"));
        for (String module : List.of("image", "importer", "standalone")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.createFile(home.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(home.resolve("pom.xml"));
        for (String tool : List.of("bash", "find", "head", "tail", "mkdir", "mv", "rm", "touch", "flock", "readlink",
                "sh", "cat", "env")) {
            Path real = List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool)).stream().filter(Files::exists)
                    .findFirst().orElseThrow();
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
    }

    private Path jdk(String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/java"), FAKE_JAVA);
        executable(jdk.resolve("bin/javac"), FAKE_JAVA);
        return jdk;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        assertTrue(file.toFile().setExecutable(true));
    }

    private Outcome launch(Map<String, String> environment, Path launcher, String... words) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(new HashMap<>(environment));
        builder.environment().putIfAbsent("PATH", bin.toString());
        builder.environment().put("LOG", folder.resolve("maven.log").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private long builds() throws IOException {
        Path log = folder.resolve("maven.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    /** Only where no JDK 25 is installed in the usual places can its absence be seen. */
    private Path withoutUsualPlaces() throws IOException {
        Path launcher = home.resolve("cdi");
        Files.writeString(launcher, Files.readString(launcher).replace("/usr/lib/jvm/*", folder + "/none/*")
                .replace("/Library/Java/", folder + "/none/"));
        return launcher;
    }

    @Test
    void missingJdkIsNamedWithTheWayToGetIt() throws Exception {
        Outcome outcome = launch(Map.of(), withoutUsualPlaces(), "version");
        assertEquals(1, outcome.code());
        assertTrue(outcome.output().contains("no JDK 25 or later was found")
                && outcome.output().contains("apt install temurin-25-jdk"), outcome.output());
    }

    @Test
    void olderJdkIsPassedOver() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", jdk("17.0.15").toString()), withoutUsualPlaces(), "version");
        assertEquals(1, outcome.code());
        assertTrue(outcome.output().contains("no JDK 25"), outcome.output());
    }

    @Test
    void missingMavenIsNamedWithTheWayToGetIt() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", jdk("25").toString()), home.resolve("cdi"), "version");
        assertEquals(1, outcome.code());
        assertTrue(outcome.output().contains("Maven is missing") && outcome.output().contains("apt install maven"),
                outcome.output());
    }

    @Test
    void buildsOnceAndAgainWhenSourcesAreNewer() throws Exception {
        executable(bin.resolve("mvn"), FAKE_MAVEN);
        Map<String, String> environment = Map.of("CDI_JAVA_HOME", jdk("25.0.3").toString());
        Outcome first = launch(environment, home.resolve("cdi"), "version");
        assertEquals(0, first.code(), first.output());
        assertTrue(first.output().startsWith("Building cdi (first run"), first.output());
        Outcome second = launch(environment, home.resolve("cdi"), "version");
        assertTrue(second.output().startsWith("started in"), second.output());
        assertEquals(1, builds());
        Path stamp = home.resolve("standalone/target/cdi.built");
        Files.setLastModifiedTime(Files.createFile(home.resolve("image/src/main/New.java")),
                java.nio.file.attribute.FileTime
                        .fromMillis(Files.getLastModifiedTime(stamp).toMillis() + 2000));
        assertTrue(launch(environment, home.resolve("cdi"), "version").output().contains("sources have changed"));
        assertEquals(2, builds());
    }

    @Test
    void firstRunsAtOnceBuildOnce() throws Exception {
        executable(bin.resolve("mvn"), FAKE_MAVEN);
        Map<String, String> environment = Map.of("CDI_JAVA_HOME", jdk("25").toString());
        try (var pool = java.util.concurrent.Executors.newFixedThreadPool(4)) {
            List<java.util.concurrent.Callable<Outcome>> runs = java.util.Collections.nCopies(4,
                    () -> launch(environment, home.resolve("cdi"), "version"));
            for (var run : pool.invokeAll(runs)) {
                assertEquals(0, run.get().code(), run.get().output());
            }
        }
        assertEquals(1, builds());
    }

    @Test
    void failedBuildShowsTheEndOfItsLog() throws Exception {
        executable(bin.resolve("mvn"), "#!/bin/sh\necho the cause of it all\nexit 1\n");
        Outcome outcome = launch(Map.of("CDI_JAVA_HOME", jdk("25").toString()), home.resolve("cdi"), "version");
        assertEquals(1, outcome.code());
        assertTrue(outcome.output().contains("the cause of it all") && outcome.output().contains("build.log"),
                outcome.output());
    }

    @Test
    void symbolicLinkFromAnotherFolderKeepsTheFolderAndTheWords() throws Exception {
        executable(bin.resolve("mvn"), FAKE_MAVEN);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("home with space", "cdi"));
        Outcome outcome = launch(Map.of("CDI_JAVA_HOME", jdk("25").toString()), link, "import", "a b", "*", "");
        assertEquals(0, outcome.code(), outcome.output());
        assertTrue(outcome.output().contains("started in " + folder.toRealPath() + "\n"), outcome.output());
        assertTrue(outcome.output().endsWith("word import\nword a b\nword *\nword \n"), outcome.output());
        assertTrue(outcome.output().contains(home.toRealPath() + "/standalone/target/lib/*"), outcome.output());
    }
}
