package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.importer.Secrets;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.flow.Transfer;
import io.datavolume.importer.progress.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Imports images of all kinds from a file, by random access, and from a pipe, in one forward pass, and lets qemu-img
 * compare. {@code -Dformats=all} makes the whole matrix, whose last record stands in docs/formats.md; without it one
 * image of each kind is made.
 */
class FormatMatrixTest {

    private static final boolean ALL = "all".equals(System.getProperty("formats"));
    /** No multiple of any cluster size. */
    private static final long SIZE = (12L << 20) + 2560;

    @TempDir
    static Path folder;
    private static Path raw;
    private static int images;

    @TempDir
    Path work;

    private final InputStream stdin = System.in;

    static Stream<FormatVariants.Variant> variants() {
        return FormatVariants.all().filter(v -> ALL || v.sample());
    }

    @BeforeAll
    static void makeDisk() throws IOException {
        raw = folder.resolve("disk.raw");
        Random random = new Random(17);
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(SIZE);
            for (long at = 0; at < SIZE - 300_000; at += 100_000 + random.nextInt(900_000)) {
                byte[] piece = new byte[1 + random.nextInt(300_000)];
                random.nextBytes(piece);
                Arrays.fill(piece, piece.length / 3, piece.length, (byte) random.nextInt(3));
                file.seek(at);
                file.write(piece);
            }
            file.seek(SIZE - 100);
            file.write(new byte[]{1, 2, 3});
        }
    }

    @AfterEach
    void restoreInput() {
        System.setIn(stdin);
    }

    @AfterAll
    static void tell() {
        System.out.printf("%d images, each imported in both directions, are as qemu-img reads them%n", images);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void imageIsReadAsQemuReadsItInBothDirections(FormatVariants.Variant variant) throws Exception {
        Path image = work.resolve("image");
        ProcessBuilder maker = new ProcessBuilder("bash", "-ec", variant.script());
        maker.environment().put("raw", raw.toString());
        maker.environment().put("image", image.toString());
        maker.environment().put("size", Long.toString(SIZE));
        maker.environment().put("format", String.valueOf(variant.format()));
        Cdi.wait(maker.start()).expect(0);

        Path random = work.resolve("random.raw");
        transfer(image.toString(), random);
        assertSame(variant, image, random);

        Path forward = work.resolve("forward.raw");
        Process pipe = new ProcessBuilder("cat", image.toString()).start();
        System.setIn(pipe.getInputStream());
        transfer("-", forward);
        assertEquals(0, pipe.waitFor());
        assertSame(variant, image, forward);
        images++;
    }

    private static void transfer(String source, Path target) {
        TransferResult result = new Transfer(TransferSpec.of(source, target.toString()), Secrets.NONE,
                ProgressListener.NONE)
                .run();
        assertEquals(TransferResult.Outcome.COMPLETE, result.outcome(), result::message);
    }

    private static void assertSame(FormatVariants.Variant variant, Path image, Path target) throws Exception {
        if (variant.format() == null) {
            Cdi.assertSameDisk(raw, target);
        } else {
            Cdi.tool("qemu-img", "compare", "-f", variant.format(), "-F", "raw", image.toString(), target.toString());
            long size = Files.size(target);
            assertEquals(0, size % 512, "size " + size);
        }
    }
}
