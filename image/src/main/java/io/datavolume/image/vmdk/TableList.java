package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import java.io.IOException;
import java.util.Arrays;

/**
 * The grain tables that a directory names, in the order in which they stand in the file: 8 bytes for each. It knows
 * all metadata of the image, so that no table and no grain can lie where metadata is.
 */
final class TableList {

    private final SparseHeader header;
    private final Findings findings;
    private final long tableSectors;
    /** Sector and index of each, with the highest bit flipped so that they sort as unsigned numbers. */
    private final long[] tables;
    private int count;

    TableList(SparseHeader header, Findings findings) {
        this.header = header;
        this.findings = findings;
        this.tableSectors = Sectors.of(header.tableBytes());
        this.tables = new long[(int) header.directoryEntries()];
    }

    /**
     * Notes one table.
     *
     * @param index which part of the disk it maps
     * @param sector where it stands, 1 to 2<sup>32</sup> - 1
     * @param at file offset of the directory entry, for messages
     */
    void add(int index, long sector, long at) throws IOException {
        long start = Sectors.bytes(sector);
        findings.needFile(start + header.tableBytes(), VmdkCheck.GRAIN_TABLE, at);
        if (overlapsFixed(start, header.tableBytes())) {
            findings.demand(VmdkCheck.GRAIN_TABLE, false, at, sector,
                    "the grain table overlaps the header, the descriptor or a grain directory");
        }
        tables[count++] = (sector << Integer.SIZE | index) ^ Long.MIN_VALUE;
    }

    /** Sorts the tables, and demands that no two share a sector. */
    void complete() throws IOException {
        Arrays.sort(tables, 0, count);
        for (int i = 1; i < count; i++) {
            if (sector(i) < sector(i - 1) + tableSectors) {
                findings.demand(VmdkCheck.GRAIN_TABLE, false, Sectors.bytes(sector(i)), sector(i),
                        "two entries of the grain directory name the same or overlapping grain tables");
            }
        }
        findings.report().check(VmdkCheck.GRAIN_TABLE, true, -1, "", "");
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** First sector of the i-th table in the file. */
    long sector(int i) {
        return (tables[i] ^ Long.MIN_VALUE) >>> Integer.SIZE;
    }

    /** Which part of the disk the i-th table in the file maps. */
    int index(int i) {
        return (int) tables[i];
    }

    /** Whether a range of sectors touches the header, the descriptor, a directory or a grain table. */
    boolean overlapsMetadata(long sector, long sectors) {
        if (overlapsFixed(Sectors.bytes(sector), Sectors.bytes(sectors))) {
            return true;
        }
        if (count == 0 || sector >= sector(count - 1) + tableSectors) {
            return false;
        }
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sector(middle) < sector + sectors) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && sector(low - 1) + tableSectors > sector;
    }

    private boolean overlapsFixed(long start, long length) {
        return start < Sectors.SIZE || overlaps(header.descriptor(), start, length)
                || overlaps(header.directory(), start, length) || header.has(SparseHeader.FLAG_REDUNDANT)
                        && overlaps(redundantDirectory(), start, length);
    }

    private ByteRange redundantDirectory() {
        boolean named = header.redundantOffset() > 0 && header.redundantOffset() <= Sectors.MAX - (1L << 32);
        return new ByteRange(named ? Sectors.bytes(header.redundantOffset()) : 0,
                named ? header.directory().length() : 0);
    }

    private static boolean overlaps(ByteRange range, long start, long length) {
        return start < range.end() && range.start() < start + length;
    }
}
