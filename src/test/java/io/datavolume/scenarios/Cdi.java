package io.datavolume.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a user runs it, and the programs that judge its work. */
public final class Cdi {

    private static final long TIMEOUT_SECONDS = 300;

    private Cdi() {}

    /**
     * What a process left behind.
     *
     * @param out standard output
     * @param err standard error
     */
    record Ended(int exit, String out, String err) {
        Ended expect(int code) {
            if (exit != code) {
                throw new AssertionError("exit " + exit + " instead of " + code + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    /** Folder of the whole project. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("cdi"))) {
            here = java.util.Objects.requireNonNull(here.getParent(), "no launcher above the working folder");
        }
        return here;
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        return wait(start(arguments));
    }

    static Process start(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(root().resolve("cdi").toString()));
        words.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(words).start();
    }

    /** Another program, which must succeed. */
    public static String tool(String... words) throws IOException, InterruptedException {
        return wait(new ProcessBuilder(words).start()).expect(0).out();
    }

    static Ended wait(Process process) throws IOException, InterruptedException {
        StringBuilder err = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                err.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                err.append(e);
            }
        });
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + out + err);
        }
        reader.join();
        return new Ended(process.exitValue(), out, err.toString());
    }

    /** Fails when two disks differ. */
    static void assertSameDisk(Path expected, Path actual) throws IOException, InterruptedException {
        tool("cmp", expected.toString(), actual.toString());
    }
}
