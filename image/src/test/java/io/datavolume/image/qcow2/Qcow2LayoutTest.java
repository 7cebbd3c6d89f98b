package io.datavolume.image.qcow2;

import static io.datavolume.image.LayoutHarness.command;
import static io.datavolume.image.qcow2.Qcow2Files.assertReadsAsQemuReads;
import static io.datavolume.image.qcow2.Qcow2Files.create;
import static io.datavolume.image.qcow2.Qcow2Files.io;
import static io.datavolume.image.qcow2.Qcow2Files.raw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Encoding;
import io.datavolume.image.Extent;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What qemu-img and qemu-io write is read as they read it. */
class Qcow2LayoutTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"512 | compat=0.10", "512 | compat=1.1", "4k | compat=0.10",
        "4k | compat=1.1", "4k | compat=1.1,refcount_bits=64", "64k | compat=0.10", "64k | compat=1.1",
        "64k | compat=1.1,lazy_refcounts=on", "2M | compat=0.10", "2M | compat=1.1", "16k | extended_l2=on",
        "64k | extended_l2=on", "2M | extended_l2=on"})
    void convertedImagesAreRead(String clusterSize, String options) throws Exception {
        assertReadsAsQemuReads(convert(clusterSize, options));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"512 | compat=0.10", "512 | compression_type=zstd", "4k | compat=1.1",
        "4k | compression_type=zstd", "64k | compat=0.10", "64k | compression_type=zlib",
        "64k | compression_type=zstd", "2M | compat=1.1", "2M | compression_type=zstd",
        "64k | extended_l2=on,compression_type=zstd"})
    void compressedImagesAreRead(String clusterSize, String options) throws Exception {
        LayoutHarness read = assertReadsAsQemuReads(convert(clusterSize, options, "-c"));

        Encoding expected = options.contains("zstd") ? Encoding.ZSTD : Encoding.DEFLATE;
        assertTrue(read.mappings().stream().anyMatch(m -> m.encoding() == expected), "no compressed cluster");
    }

    private Path convert(String clusterSize, String options, String... more) throws Exception {
        long size = clusterSize.equals("512") ? (2 << 20) + 1536 : (9 << 20) + 1536;
        Path image = folder.resolve("image.qcow2");
        String[] words = new String[10 + more.length];
        System.arraycopy(new String[]{"qemu-img", "convert", "-f", "raw", "-O", "qcow2"}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        words[6 + more.length] = "-o";
        words[7 + more.length] = options + ",cluster_size=" + clusterSize;
        words[8 + more.length] = raw(folder, size).toString();
        words[9 + more.length] = image.toString();
        command(words);
        return image;
    }

    @Test
    void zeroClustersArePlainOrPreallocated() throws Exception {
        Path image = create(folder, "cluster_size=64k", "4M");
        io(image, "write -P 5 0 1M", "write -z 256k 128k", "write -z -u 512k 64k", "write -z 2M 1M");

        LayoutHarness read = assertReadsAsQemuReads(image);

        assertEquals(128 << 10, zeros(read, 256 << 10));
        assertEquals(64 << 10, zeros(read, 512 << 10));
        assertEquals(1 << 20, zeros(read, 2 << 20));
    }

    private static long zeros(LayoutHarness read, long start) {
        return read.mappings().stream().map(Mapping::extent)
                .filter(e -> e.kind() == Extent.Kind.ZERO && e.start() == start).mapToLong(Extent::length).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"16k", "128k", "2M"})
    void subclustersAreReadOneByOne(String clusterSize) throws Exception {
        Path image = create(folder, "extended_l2=on,cluster_size=" + clusterSize, "8389120");
        io(image, "write -P 1 0 512", "write -P 2 66k 3k", "write -P 3 1M 200k", "write -z 1060k 64k",
                "discard 1200k 16k", "write -P 4 3M 5M", "write -z 4100k 4k", "write -P 5 8M 512");

        assertReadsAsQemuReads(image);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1 | cluster_size=512", "2 | cluster_size=4k,compat=0.10",
        "3 | cluster_size=64k", "4 | cluster_size=16k,extended_l2=on", "5 | cluster_size=64k,extended_l2=on",
        "6 | cluster_size=256k,extended_l2=on,preallocation=metadata", "7 | cluster_size=2M"})
    void randomWritesAreReadBack(int seed, String options) throws Exception {
        Random random = new Random(seed);
        Path image = create(folder, options, "8M");
        String[] commands = new String[120];
        for (int i = 0; i < commands.length; i++) {
            long start = 512L * random.nextInt(16_000);
            long length = Math.min((8 << 20) - start, 512L * (1 + random.nextInt(random.nextBoolean() ? 8 : 600)));
            commands[i] = switch (random.nextInt(6)) {
                case 0 -> "write -z " + start + " " + length;
                case 1 -> "write -z -u " + start + " " + length;
                case 2 -> "discard " + start + " " + length;
                default -> "write -P " + (i + 1) + " " + start + " " + length;
            };
        }
        io(image, commands);

        assertReadsAsQemuReads(image);
    }

    @Test
    void internalSnapshotsAreIgnored() throws Exception {
        Path image = create(folder, "cluster_size=4k", "6M");
        io(image, "write -P 1 0 3M");
        command("qemu-img", "snapshot", "-c", "one", image.toString());
        io(image, "write -P 2 1M 4M");
        command("qemu-img", "snapshot", "-c", "two", image.toString());
        io(image, "write -P 3 2M 64k");

        LayoutHarness read = assertReadsAsQemuReads(image);

        assertEquals(2L, read.layout().facts().get("internal snapshots"));
    }

    @Test
    void tablesMoveWhenSnapshotsAreDeletedAndApplied() throws Exception {
        Path image = create(folder, "cluster_size=512", "1M");
        io(image, "write -P 1 0 500k");
        command("qemu-img", "snapshot", "-c", "one", image.toString());
        io(image, "write -P 2 100k 600k");
        command("qemu-img", "snapshot", "-a", "one", image.toString());
        command("qemu-img", "snapshot", "-d", "one", image.toString());
        io(image, "write -P 4 300k 10k");

        assertReadsAsQemuReads(image);
    }

    @ParameterizedTest
    @CsvSource({"512,1M,5M", "4k,8M,48M", "64k,32M,900G"})
    void tablesAtTheEndAreReadAfterAResize(String clusterSize, String size, String grown) throws Exception {
        Path image = create(folder, "cluster_size=" + clusterSize, size);
        io(image, "write -P 1 0 " + size);
        long before = Qcow2Files.readLong(image, Qcow2Header.L1_TABLE_AT);
        command("qemu-img", "resize", "-q", "-f", "qcow2", image.toString(), grown);
        io(image, "write -P 9 " + size + " 70k");

        assertTrue(Qcow2Files.readLong(image, Qcow2Header.L1_TABLE_AT) > before, "the L1 table did not move");
        if (grown.endsWith("M")) {
            assertReadsAsQemuReads(image);
        } else {
            assertComparesEqual(image);
        }
    }

    /** For disks too large to be written: each run of data is compared with what qemu-img maps. */
    private static void assertComparesEqual(Path image) throws Exception {
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness read = LayoutHarness.run(image, mode, Qcow2Layout::new);
            Qcow2Files.assertCoversDiskOnce(read.layout(), read.mappings());
            String map = command("qemu-img", "map", "-f", "qcow2", "--output=json", image.toString());
            long total = read.mappings().stream().filter(m -> m.extent().isData())
                    .mapToLong(m -> m.extent().length()).sum();
            long expected = Pattern.compile("\"length\": (\\d+), [^}]*\"data\": true").matcher(map)
                    .results().mapToLong(r -> Long.parseLong(r.group(1))).sum();
            assertEquals(expected, total);
        }
    }

    @Test
    void shrunkImageIgnoresEntriesBeyondItsSize() throws Exception {
        Path image = create(folder, "cluster_size=4k", "12M");
        io(image, "write -P 1 0 12M");
        command("qemu-img", "resize", "-q", "--shrink", "-f", "qcow2", image.toString(), "2101248");

        assertReadsAsQemuReads(image);
    }

    @Test
    void memoryOfSavedMachinesIsNotRead() throws Exception {
        Path image = create(folder, "cluster_size=64k", "600M");
        io(image, "write -P 1 500M 64k");
        Qcow2Files.patchInt(image, Qcow2Header.L1_SIZE_AT, 3);
        Qcow2Files.patchLong(image, Qcow2Files.readLong(image, Qcow2Header.L1_TABLE_AT) + 16, 0x7f00_0000_0000_0000L);

        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness read = LayoutHarness.run(image, mode, Qcow2Layout::new);
            Qcow2Files.assertCoversDiskOnce(read.layout(), read.mappings());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"preallocation=metadata", "preallocation=falloc", "preallocation=full",
        "preallocation=metadata,cluster_size=2M", "preallocation=metadata,extended_l2=on"})
    void preallocatedImagesAreRead(String options) throws Exception {
        Path image = create(folder, options, "17M");
        io(image, "write -P 1 1M 3M");

        assertReadsAsQemuReads(image);
    }

    @Test
    void dirtyImageWithBitmapsAndUnknownOptionalFeaturesIsRead() throws Exception {
        Path image = create(folder, "cluster_size=64k,lazy_refcounts=on", "4M");
        command("qemu-img", "bitmap", "--add", "-f", "qcow2", image.toString(), "changes");
        io(image, "write -P 6 1M 1M");
        Path expected = folder.resolve("before.raw");
        command("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(), expected.toString());
        Qcow2Files.patchLong(image, Qcow2Header.INCOMPATIBLE_AT, Qcow2Header.DIRTY);
        Qcow2Files.patchLong(image, 80, 0xffff_0000_0000_0001L);
        Qcow2Files.patchLong(image, 88, 0x7fff_0000_0000_0001L);

        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness read = LayoutHarness.run(image, mode, Qcow2Layout::new);
            Path actual = folder.resolve("actual.raw");
            read.writeTo(image, actual);
            assertEquals(-1, Files.mismatch(expected, actual));
            assertEquals(true, read.layout().facts().get("dirty"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster_size=64k", "cluster_size=2M", "extended_l2=on"})
    void lastClusterMayBeShort(String options) throws Exception {
        Path image = create(folder, options, "8M");
        io(image, "write -P 1 0 64k", "write -P 2 4M 96k");
        long cluster = options.contains("2M") ? 2 << 20 : 64 << 10;
        Qcow2Files.truncate(image, (Files.size(image) - 1) / cluster * cluster + 10_000);

        LayoutHarness read = assertReadsAsQemuReads(image);

        assertTrue(read.mappings().stream().filter(m -> m.extent().isData())
                .allMatch(m -> m.fileOffset() + m.fileLength() <= sizeOf(image)), "a mapping reaches past the end");
    }

    private static long sizeOf(Path image) {
        return image.toFile().length();
    }

    @Test
    void sizeThatIsNoMultipleOfASectorIsRoundedUp() throws Exception {
        Path image = create(folder, "cluster_size=64k", "128k");
        io(image, "write -P 1 0 128k");
        Qcow2Files.patchLong(image, Qcow2Header.SIZE_AT, 65536 + 100);

        LayoutHarness read = LayoutHarness.run(image, Access.Mode.RANDOM, Qcow2Layout::new);

        assertEquals(65536 + 512, read.layout().virtualSize().orElseThrow());
        Qcow2Files.assertCoversDiskOnce(read.layout(), read.mappings());
    }
}
