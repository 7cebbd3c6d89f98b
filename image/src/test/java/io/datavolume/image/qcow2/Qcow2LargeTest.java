package io.datavolume.image.qcow2;

import static io.datavolume.image.qcow2.Qcow2Files.assertCoversDiskOnce;
import static io.datavolume.image.qcow2.Qcow2Files.create;
import static io.datavolume.image.qcow2.Qcow2Files.io;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Extent;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Large disks and many tables: few mappings, bounded lists, no table kept. */
class Qcow2LargeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Access.Mode.class)
    void emptyDiskOf2TiBIsOneMapping(Access.Mode mode) throws Exception {
        Path image = create(folder, "cluster_size=64k", "2T");

        LayoutHarness read = LayoutHarness.run(image, mode, Qcow2Layout::new);

        assertEquals(List.of(Mapping.empty(0, 2L << 40, Extent.Kind.UNALLOCATED)), read.mappings());
    }

    @ParameterizedTest
    @CsvSource({"64k,2T", "2M,40T", "1k,200G"})
    void sparseDiskIsAFewMappings(String clusterSize, String size) throws Exception {
        Path image = create(folder, "cluster_size=" + clusterSize, size);
        io(image, "write -P 1 0 4M", "write -P 2 700M 4M", "write -P 3 99G 4M", "write -z 4M 512k");

        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness read = LayoutHarness.run(image, mode, Qcow2Layout::new);
            assertCoversDiskOnce(read.layout(), read.mappings());
            assertEquals(12L << 20, read.mappings().stream().map(Mapping::extent).filter(Extent::isData)
                    .mapToLong(Extent::length).sum());
            assertTrue(clusterSize.equals("1k") || read.mappings().size() < 20, "mappings: " + read.mappings());
        }
    }

    @Test
    void manySmallTablesAreReadInSeveralWindows() throws Exception {
        Path image = create(folder, "cluster_size=512,preallocation=metadata", "36M");
        io(image, "write -P 1 1M 64k", "write -P 2 35M 64k");
        assertTrue(Qcow2Files.readLong(image, Qcow2Header.CRYPT_METHOD_AT) > 1024, "too few L2 tables");

        Qcow2Files.assertReadsAsQemuReads(image);
    }

    @Test
    void unallocatedRunsAreJoinedAcrossTables() throws Exception {
        Path image = create(folder, "cluster_size=64k", "3G");
        io(image, "write -P 1 0 64k", "write -P 1 600M 64k", "discard 600M 64k", "write -P 1 2900M 64k");

        LayoutHarness read = LayoutHarness.run(image, Access.Mode.RANDOM, Qcow2Layout::new);

        assertEquals(List.of(Extent.Kind.DATA, Extent.Kind.UNALLOCATED, Extent.Kind.ZERO, Extent.Kind.UNALLOCATED,
                Extent.Kind.DATA, Extent.Kind.UNALLOCATED),
                read.mappings().stream().map(m -> m.extent().kind())
                        .toList());
    }

    /** An L1 table of several pieces with every entry allocated and in descending order of offset. */
    @ParameterizedTest
    @EnumSource(Access.Mode.class)
    void aMillionTablesAreMappedWithoutBeingKept(Access.Mode mode) throws Exception {
        int entries = 1 << 20;
        Path image = create(folder, "cluster_size=512", "1M");
        Qcow2Files.patchLong(image, Qcow2Header.SIZE_AT, 32L << 30);
        Qcow2Files.patchInt(image, Qcow2Header.L1_SIZE_AT, entries);
        Qcow2Files.patchLong(image, Qcow2Header.L1_TABLE_AT, 1 << 20);
        byte[] file = new byte[512];
        try (var in = Files.newInputStream(image)) {
            assertEquals(512, in.read(file));
        }
        long l1 = 1 << 20;
        long tables = l1 + 8L * entries;
        DiskLayout layout = new Qcow2Layout(new Access(mode, OptionalLong.empty(), Long.MAX_VALUE));
        long[] mapped = new long[1];
        MappingSink sink = mapping -> mapped[0] += mapping.extent().length();
        ByteBuffer empty = ByteBuffer.allocate(512);
        ByteBuffer piece = ByteBuffer.allocate(DiskLayout.MAX_WANTED);
        int fed = 0;
        while (!layout.wanted().isEmpty()) {
            ByteRange range = layout.wanted().getFirst();
            if (range.start() == 0) {
                layout.feed(range, ByteBuffer.wrap(file), sink);
            } else if (range.start() < tables) {
                int first = (int) ((range.start() - l1) / 8);
                for (int i = 0; i < range.length() / 8; i++) {
                    piece.putLong(8 * i, 1L << 63 | tables + 512L * (entries - 1 - first - i));
                }
                layout.feed(range, piece.duplicate(), sink);
            } else {
                layout.feed(range, empty.duplicate(), sink);
                fed++;
            }
        }
        layout.end(tables + 512L * entries, sink);

        assertEquals(entries, fed);
        assertEquals(32L << 30, mapped[0]);
    }
}
