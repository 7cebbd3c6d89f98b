package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills imports at random instants and runs the same command again. {@code -Dkills=1000} is the long run, whose last
 * record stands in docs/resume.md.
 */
class KillAndResumeTest {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("seed", 20_260_101L);
    private static final long SIZE = 384L << 20;
    private static final long RATE = 128L << 20;
    /** What may be read twice, as a part of the source. */
    private static final double TWICE = 0.05;

    @TempDir
    Path folder;

    @Test
    void importKilledAtAnyInstantGoesOnWhereItWas() throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        Path raw = served.resolve("disk.raw");
        makeDisk(raw);
        Path image = served.resolve("disk.qcow2");
        Cdi.tool("qemu-img", "convert", "-O", "qcow2", raw.toString(), image.toString());
        long length = Files.size(image);
        Random random = new Random(SEED);
        double worst = 0;
        int killed = 0;
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, RATE)) {
            long needed = once(nginx, raw);
            long whole = needed * 1000 / RATE;
            for (int i = 0; killed < KILLS && i < 4 * KILLS; i++) {
                Path target = folder.resolve("target.raw");
                Process process = Cdi.start("import", nginx.url("disk.qcow2"), target.toString());
                if (!process.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS)) {
                    killed++;
                }
                process.destroyForcibly().waitFor();
                boolean complete = Files.exists(target);
                if (!complete || !hidden(folder).isEmpty()) {
                    Cdi.run("import", nginx.url("disk.qcow2"), target.toString()).expect(0);
                }
                Cdi.assertSameDisk(raw, target);
                Files.delete(target);
                assertTrue(hidden(folder).isEmpty(), "left behind: " + hidden(folder));
                double twice = Math.max(0, nginx.takeBytesSent() - needed) / (double) length;
                worst = Math.max(worst, twice);
                assertTrue(twice <= TWICE,
                        "kill " + i + ": " + Math.round(twice * 1000) / 10.0 + " % of the source was read twice");
            }
        }
        System.out.printf("%d imports killed, at most %.1f %% of the source read twice%n", killed, worst * 100);
    }

    /** What one undisturbed import reads. */
    private long once(Nginx nginx, Path raw) throws Exception {
        Path target = folder.resolve("once.raw");
        Cdi.run("import", nginx.url("disk.qcow2"), target.toString()).expect(0);
        Cdi.assertSameDisk(raw, target);
        return nginx.takeBytesSent();
    }

    /** Journal, part file and spill of an import that is not complete. */
    private static List<Path> hidden(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
        }
    }

    private static void makeDisk(Path raw) throws IOException {
        Random random = new Random(3);
        byte[] block = new byte[1 << 20];
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(SIZE + (64L << 20));
            for (long at = 0; at < SIZE; at += block.length) {
                random.nextBytes(block);
                file.seek(at + at / (8L << 20) * (1L << 20) / 4);
                file.write(block);
            }
        }
    }
}
