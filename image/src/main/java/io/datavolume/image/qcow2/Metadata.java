package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;

/** The clusters that hold metadata of the active disk, where no data may be. */
final class Metadata {

    private final ByteRange header;
    private final ByteRange l1Table;
    private final ByteRange refcountTable;
    private final L2Directory tables;

    Metadata(Qcow2Header header, L2Directory tables) {
        this.header = new ByteRange(0, header.clusterSize());
        long l1Clusters = Math.ceilDiv(header.l1Table().length(), header.clusterSize());
        this.l1Table = new ByteRange(header.l1TableOffset(), l1Clusters * header.clusterSize());
        this.refcountTable = header.refcountTable();
        this.tables = tables;
    }

    static boolean overlap(ByteRange a, ByteRange b) {
        return a.start() < b.end() && b.start() < a.end();
    }

    /** What lies in the range besides data, for messages; empty when nothing does. */
    String in(ByteRange range) {
        String fixed = inFixed(range);
        if (!fixed.isEmpty()) {
            return fixed;
        }
        long table = tables.firstIn(range.start(), range.end());
        return table == L2Directory.NONE ? "" : "the L2 table at " + tables.tableOffset(table);
    }

    /** As {@link #in}, without the L2 tables. */
    String inFixed(ByteRange range) {
        if (overlap(range, header)) {
            return "the header";
        }
        if (overlap(range, l1Table)) {
            return "the L1 table";
        }
        return overlap(range, refcountTable) ? "the reference count table" : "";
    }

    /** Whether the whole range holds metadata that is no longer needed or never was. */
    boolean isSpent(ByteRange range) {
        return header.contains(range) || l1Table.contains(range) || refcountTable.contains(range);
    }
}
