package io.datavolume.image.vmdk;

import io.datavolume.image.Encoding;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingRuns;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Maps the entries of grain tables. 0 is a grain that was never written; 1, where the header says so, a grain of
 * zeros; all others are the first sector of a grain.
 */
final class GrainTable {

    /** What deflating may add to a grain that cannot be compressed, generously. */
    static final long EXPANSION = 64 << 10;

    private final SparseHeader header;
    private final Findings findings;
    private final TableList tables;
    private final boolean zeroGrains;

    GrainTable(SparseHeader header, Findings findings, TableList tables) {
        this.header = header;
        this.findings = findings;
        this.tables = tables;
        this.zeroGrains = header.has(SparseHeader.FLAG_ZERO_GRAINS);
    }

    /** Longest stored form of a compressed grain with its marker, in bytes. */
    static long storedLimit(SparseHeader header) {
        return 2 * header.grainBytes() + EXPANSION;
    }

    /**
     * Maps one table.
     *
     * @param index which part of the disk it maps
     * @param at file offset of the table
     * @param table its entries
     */
    void map(int index, long at, ByteBuffer table, MappingRuns runs, MappingSink sink) throws IOException {
        ByteBuffer entries = table.order(ByteOrder.LITTLE_ENDIAN);
        long start = index * header.tableCover();
        for (int entry = 0; entry < entries.limit() && start < header.virtualSize(); entry += Integer.BYTES) {
            long length = Math.min(header.grainBytes(), header.virtualSize() - start);
            runs.add(mapping(start, length, Integer.toUnsignedLong(entries.getInt(entry)), at + entry), sink);
            start += length;
        }
        findings.report().check(VmdkCheck.GRAIN, true, -1, "", "");
    }

    private Mapping mapping(long start, long length, long sector, long at) throws IOException {
        if (sector == 0 || sector == 1 && zeroGrains) {
            return Mapping.empty(start, length, sector == 0 ? Extent.Kind.UNALLOCATED : Extent.Kind.ZERO);
        }
        long offset = Sectors.bytes(sector);
        // A compressed grain has an own length in its marker; that it begins outside metadata is all that is known.
        long stored = header.compressed() ? Marker.LENGTH + 1 : length;
        findings.needFile(offset + stored, VmdkCheck.GRAIN, at);
        if (tables.overlapsMetadata(sector, Sectors.of(stored))) {
            findings.demand(VmdkCheck.GRAIN, false, at, sector, "the grain lies where metadata of the image is");
        }
        if (!header.compressed()) {
            return Mapping.plain(start, offset, length);
        }
        long limit = Math.min(storedLimit(header), findings.fileLength() - offset);
        return Mapping.compressed(start, length, offset, limit, Encoding.VMDK_GRAIN, header.grainBytes());
    }
}
