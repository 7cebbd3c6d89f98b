package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the <a href="https://www.qemu.org/docs/master/interop/qcow2.html#cluster-mapping">active L1 table</a>
 * into the {@link L2Directory}, piece by piece. Entries beyond the virtual size hold the memory of saved
 * machines and are not read.
 */
final class L1Table {

    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final long COPIED = 1L << 63;
    /** The array that is kept of a piece fits one heap region of 1 MiB; one byte more and it would take two. */
    private static final int PIECE = DiskLayout.MAX_WANTED - 4096;

    private final Qcow2Header header;
    private final Metadata metadata;
    private final L2Directory tables;
    private final OptionalLong fileLength;
    private final SafetyReport report;
    private List<ByteRange> wanted;

    L1Table(Qcow2Header header, Metadata metadata, L2Directory tables, OptionalLong fileLength, SafetyReport report) {
        this.header = header;
        this.metadata = metadata;
        this.tables = tables;
        this.fileLength = fileLength;
        this.report = report;
        List<ByteRange> pieces = new ArrayList<>();
        long end = header.l1TableOffset() + header.neededTables() * Long.BYTES;
        for (long at = header.l1TableOffset(); at < end; at += PIECE) {
            pieces.add(new ByteRange(at, Math.min(PIECE, end - at)));
        }
        this.wanted = List.copyOf(pieces);
    }

    /** Pieces not read yet; empty when the table is complete. */
    List<ByteRange> wanted() {
        return wanted;
    }

    void feed(ByteRange range, ByteBuffer bytes) throws ImageRefusedException {
        report.demand(Qcow2Check.L1_TABLE, bytes.remaining() >= range.length(), range.start(), bytes.remaining(),
                "the file ends inside the L1 table; is it truncated?");
        int first = (int) ((range.start() - header.l1TableOffset()) / Long.BYTES);
        int entries = (int) (range.length() / Long.BYTES);
        long[] keys = new long[entries];
        int found = 0;
        for (int i = 0; i < entries; i++) {
            long entry = bytes.getLong(bytes.position() + i * Long.BYTES);
            if (entry != 0) {
                check(entry, range.start() + (long) i * Long.BYTES);
                keys[found++] = tables.key(entry & OFFSET, first + i);
            }
        }
        tables.add(found == entries ? keys : Arrays.copyOf(keys, found));
        wanted = wanted.stream().filter(piece -> !piece.equals(range)).toList();
    }

    private void check(long entry, long at) throws ImageRefusedException {
        long offset = entry & OFFSET;
        if ((entry & ~(OFFSET | COPIED)) != 0) {
            refuse(entry, at, "reserved bits are set in the L1 entry");
        }
        if (offset % header.clusterSize() != 0) {
            refuse(entry, at, "the L2 table is not aligned to a cluster");
        }
        if (offset >= tables.maxOffset()) {
            refuse(entry, at, "the L2 table is not addressable");
        }
        ByteRange table = new ByteRange(offset, header.clusterSize());
        if (fileLength.isPresent() && table.end() > fileLength.getAsLong()) {
            refuse(entry, at, "the L2 table lies outside the file");
        }
        String place = metadata.inFixed(table);
        if (!place.isEmpty()) {
            refuse(entry, at, "the L2 table lies in " + place);
        }
    }

    /**
     * Demands, once all pieces are read, that no L2 table is named twice.
     *
     * @return first byte after the last L2 table, so that the file must reach there; 0 without tables
     */
    long finish() throws ImageRefusedException {
        long before = L2Directory.NONE;
        for (long key = tables.next(); key != L2Directory.NONE; key = tables.next()) {
            if (before != L2Directory.NONE && tables.tableOffset(key) == tables.tableOffset(before)) {
                long at = header.l1TableOffset() + (long) L2Directory.l1Index(key) * Long.BYTES;
                refuse(tables.tableOffset(key), at,
                        "the L2 table is named by L1 entry " + L2Directory.l1Index(before) + " already");
            }
            before = key;
        }
        tables.rewind();
        report.check(Qcow2Check.L1_ENTRY, true, -1, "", "");
        return before == L2Directory.NONE ? 0 : tables.tableOffset(before) + header.clusterSize();
    }

    private void refuse(long value, long at, String message) throws ImageRefusedException {
        report.demand(Qcow2Check.L1_ENTRY, false, at, "0x" + Long.toHexString(value), message);
    }
}
