package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills imports at random instants and runs the same command again, until it is done. {@code -Dkills=1000} is the long run, whose last
 * record stands in docs/resume.md.
 */
class KillAndResumeTest {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("seed", 20_260_101L);
    private static final long SECONDS = 3;
    /** Kills of one import at most, which goes on after each. */
    private static final int IN_A_ROW = 8;
    /** Disks without a kill, at most. */
    private static final int TRIES = 20;

    @TempDir
    static Path folder;
    private static Path served;
    private static Path raw;
    private static Registry registry;

    @TempDir
    Path targets;

    @BeforeAll
    static void makeDisk() throws Exception {
        served = Files.createDirectory(folder.resolve("served"));
        raw = folder.resolve("disk.raw");
        KilledSource.writeDisk(raw);
        registry = new Registry(Files.createDirectory(folder.resolve("registry")));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void importKilledAtAnyInstantGoesOnWhereItWas(KilledSource source) throws Exception {
        int kills = source.share(KILLS);
        if (kills == 0) {
            return;
        }
        Path made = source.make(raw, served);
        long length = Files.size(made);
        if (source.isInRegistry()) {
            source.push(made, folder, registry);
        }
        // Some seconds for an import, whatever it reads; few bytes wait in sockets for a process that gets no processor.
        try (Nginx nginx = new Nginx(Files.createDirectory(targets.resolve("nginx")), served, length / SECONDS,
                registry.behindNginx())) {
            List<String> words = new ArrayList<>(List.of("import", target().toString()));
            words.addAll(1, source.arguments(nginx, made));
            kill(source, nginx, words.toArray(String[]::new), kills, length);
        } finally {
            Files.delete(made);
        }
    }

    private Path target() {
        return targets.resolve("target.raw");
    }

    private void kill(KilledSource source, Nginx nginx, String[] command, int kills, long length) throws Exception {
        Random random = new Random(SEED + source.ordinal());
        long begin = System.nanoTime();
        Cdi.run(command).expect(0);
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        Cdi.assertSameDisk(raw, target());
        Files.delete(target());
        long needed = nginx.takeBytesSent();
        double worst = 0;
        int killed = 0;
        for (int disk = 0; killed < kills; disk++) {
            assertTrue(disk < TRIES + kills, "imports are complete before they can be killed");
            long read = 0;
            int killedWhileReading = 0;
            StringBuilder instants = new StringBuilder();
            for (int i = 0; i < IN_A_ROW && killed < kills && !Files.exists(target()); i++) {
                long instant = random.nextLong(whole);
                instants.append(' ').append(instant);
                if (!isKilled(command, instant)) {
                    break;
                }
                killed++;
                long sent = nginx.takeBytesSent();
                read += sent;
                killedWhileReading += sent > 0 ? 1 : 0;
            }
            if (!Files.exists(target()) || !hidden().isEmpty()) {
                Cdi.run(command).expect(0);
            }
            Cdi.assertSameDisk(raw, target());
            Files.delete(target());
            assertTrue(hidden().isEmpty(), "left behind: " + hidden());
            read += nginx.takeBytesSent();
            double twice = Math.max(0.0, read - needed) / Math.max(1, killedWhileReading);
            worst = Math.max(worst, twice);
            assertTrue(twice <= source.mayBeReadTwice(length), "disk " + disk + ", killed after" + instants
                    + " ms: of " + length + " bytes " + twice + " were read twice for each kill");
        }
        System.out.printf("%s: %d imports killed, at most %.1f %% of %d bytes read twice for each kill%n", source,
                killed, 100 * worst / length, length);
    }

    /** Starts the command and kills it at that instant; false when it was done before. */
    private static boolean isKilled(String[] command, long millis) throws Exception {
        Process process = Cdi.start(command);
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            Cdi.wait(process).expect(0);
            return false;
        }
        process.destroyForcibly().waitFor();
        return true;
    }

    /** Journal, part file and spill of an import that is not complete. */
    private List<Path> hidden() throws IOException {
        try (var files = Files.list(targets)) {
            return files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
        }
    }
}
