package io.datavolume.image.qcow2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Extent;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Makes qcow2 files with qemu-img and qemu-io, and compares what is read with what qemu-img reads. */
final class Qcow2Files {

    private Qcow2Files() {}

    /** A raw disk with random, repetitive and empty regions of changing length. */
    static Path raw(Path folder, long size) throws IOException {
        Path raw = folder.resolve("source.raw");
        Random random = new Random(size);
        try (FileChannel out = FileChannel.open(raw, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size;) {
                byte[] region = new byte[(int) Math.min(size - at, 512L * (1 + random.nextInt(400)))];
                switch (random.nextInt(3)) {
                    case 0 -> random.nextBytes(region);
                    case 1 -> java.util.Arrays.fill(region, (byte) random.nextInt(1, 256));
                    default -> {
                        // zeros
                    }
                }
                out.write(ByteBuffer.wrap(region), at);
                at += region.length;
            }
        }
        return raw;
    }

    static Path create(Path folder, String options, String size) throws Exception {
        Path image = folder.resolve("image.qcow2");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "qcow2", "-o", options, image.toString(), size);
        return image;
    }

    static void io(Path image, String... commands) throws Exception {
        String[] words = new String[3 + 2 * commands.length];
        words[0] = "qemu-io";
        words[1] = "-f";
        words[2] = "qcow2";
        for (int i = 0; i < commands.length; i++) {
            words[3 + 2 * i] = "-c";
            words[4 + 2 * i] = commands[i];
        }
        words = java.util.Arrays.copyOf(words, words.length + 1);
        words[words.length - 1] = image.toString();
        LayoutHarness.command(words);
    }

    /** Reads the image in every way and compares with {@code qemu-img convert}. */
    static LayoutHarness assertReadsAsQemuReads(Path image) throws Exception {
        Path expected = image.resolveSibling("expected.raw");
        LayoutHarness.command("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(),
                expected.toString());
        LayoutHarness last = null;
        for (Access.Mode mode : Access.Mode.values()) {
            last = LayoutHarness.run(image, mode, Qcow2Layout::new);
            assertCoversDiskOnce(last.layout(), last.mappings());
            Path actual = image.resolveSibling("actual.raw");
            last.writeTo(image, actual);
            assertEquals(-1, Files.mismatch(expected, actual), mode + ": first difference");
        }
        Files.delete(expected);
        return java.util.Objects.requireNonNull(last);
    }

    static void assertCoversDiskOnce(DiskLayout layout, List<Mapping> mappings) {
        long at = 0;
        List<Extent> extents = mappings.stream().map(Mapping::extent).sorted(Comparator.comparingLong(Extent::start))
                .toList();
        for (Extent extent : extents) {
            assertEquals(at, extent.start(), "gap or overlap before " + extent);
            at = extent.end();
        }
        assertEquals(layout.virtualSize().orElseThrow(), at, "end of the last extent");
    }

    /** Overwrites bytes of the file. */
    static void patch(Path image, long offset, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(image, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    static void patchLong(Path image, long offset, long value) throws IOException {
        patch(image, offset, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    static void patchInt(Path image, long offset, int value) throws IOException {
        patch(image, offset, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    static long readLong(Path image, long offset) throws IOException {
        try (FileChannel in = FileChannel.open(image)) {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
            in.read(bytes, offset);
            return bytes.getLong(0);
        }
    }

    static void truncate(Path image, long length) throws IOException {
        try (FileChannel out = FileChannel.open(image, StandardOpenOption.WRITE)) {
            out.truncate(length);
        }
    }

    /** Offset of the L2 table of an L1 entry. */
    static long l2Table(Path image, int l1Index) throws IOException {
        return readLong(image, readLong(image, 40) + 8L * l1Index) & 0x00ff_ffff_ffff_fe00L;
    }

    static ByteRange fileRange(Mapping mapping) {
        return new ByteRange(mapping.fileOffset(), mapping.fileLength());
    }
}
