package io.datavolume.image.vmdk;

import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What a forward pass over markers remembers: one bit for each grain of the disk, and one sum for each grain table.
 * The sums tell whether the tables and the directory, which pass after the grains, describe the same disk; without
 * that, a reader of the tables would see another disk than a reader of the stream. Bounded to some 30 MiB.
 */
final class StreamTables {

    private static final long MAX_GRAINS = 1L << 27;
    private static final long MAX_TABLES = 1L << 19;

    /** A secret of this run, so that no image can be made whose different tables have the same sum. */
    private final long seed = new SecureRandom().nextLong();

    private final SparseHeader header;
    private final Findings findings;
    private final BitSet seen;
    private final long[] expected;
    private long[] tableSectors = {};
    private long[] tableSums = {};
    private int count;

    StreamTables(SparseHeader header, Findings findings) throws IOException {
        this.header = header;
        this.findings = findings;
        findings.demand(VmdkCheck.GRAIN_DIRECTORY,
                header.grains() <= MAX_GRAINS && header.directoryEntries() <= MAX_TABLES,
                SparseHeader.AT_CAPACITY, header.grains(),
                "the disk has too many grains to be read as a stream, at most "
                        + MAX_GRAINS + "; import it from a source with ranges");
        this.seen = new BitSet();
        this.expected = new long[(int) header.directoryEntries()];
    }

    /**
     * Notes one grain.
     *
     * @param grain number of the grain in the disk
     * @param sector where its marker stands
     * @return false when the grain was there before
     */
    boolean add(long grain, long sector) {
        if (seen.get((int) grain)) {
            return false;
        }
        seen.set((int) grain);
        expected[(int) (grain / header.tableEntries())] += sum(grain % header.tableEntries(), sector);
        return true;
    }

    /** Notes one grain table that passes at a sector; sectors ascend. */
    void addTable(long sector, ByteBuffer table) throws IOException {
        findings.demand(VmdkCheck.MARKER, count < expected.length, Sectors.bytes(sector), count,
                "there are more grain tables than the disk has");
        if (count == tableSectors.length) {
            int room = Math.min(expected.length, count + count / 2 + 64);
            tableSectors = Arrays.copyOf(tableSectors, room);
            tableSums = Arrays.copyOf(tableSums, room);
        }
        ByteBuffer entries = table.slice().order(ByteOrder.LITTLE_ENDIAN);
        long sum = 0;
        for (int entry = 0; entry < header.tableEntries(); entry++) {
            long grain = Integer.toUnsignedLong(entries.getInt(entry * Integer.BYTES));
            boolean stored = grain > 1 || grain == 1 && !header.has(SparseHeader.FLAG_ZERO_GRAINS);
            sum += stored ? sum(entry, grain) : 0;
        }
        tableSectors[count] = sector;
        tableSums[count++] = sum;
    }

    /**
     * Compares one directory entry with the grains that passed.
     *
     * @param sector place of the grain table, 0 for none
     * @param at file offset of the entry
     */
    void demandTable(int index, long sector, long at) throws IOException {
        int found = Arrays.binarySearch(tableSectors, 0, count, sector);
        if (sector != 0 && found < 0) {
            findings.demand(VmdkCheck.MARKER, false, at, sector,
                    "the grain directory names a grain table that did not pass");
        }
        long sum = sector == 0 ? 0 : tableSums[found];
        if (sum != expected[index]) {
            findings.demand(VmdkCheck.MARKER, false, at, sector,
                    "the grains that passed are not those of grain table " + index + "; the image is damaged");
        }
    }

    /** Maps what no grain was stored for. */
    void mapUnallocated(MappingSink sink) throws IOException {
        int grains = (int) header.grains();
        for (int from = seen.nextClearBit(0); from < grains;) {
            int stored = seen.nextSetBit(from);
            int to = stored < 0 ? grains : stored;
            long start = from * header.grainBytes();
            long end = Math.min(to * header.grainBytes(), header.virtualSize());
            sink.map(Mapping.empty(start, end - start, Extent.Kind.UNALLOCATED));
            from = seen.nextClearBit(to);
        }
    }

    /** Mixes as SplittableRandom does; the sum over a table is independent of the order. */
    private long sum(long entry, long sector) {
        long z = (entry << Integer.SIZE | sector) + seed;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
