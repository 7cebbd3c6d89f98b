package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The region table ([MS-VHDX] 2.2.3): checked values only.
 *
 * @param blocks the block allocation table
 * @param metadata the metadata region
 * @param all every region, known or not
 */
record RegionTable(ByteRange blocks, ByteRange metadata, List<ByteRange> all) {

    static final ByteRange FIRST = new ByteRange(192 << 10, 64 << 10);
    static final ByteRange SECOND = new ByteRange(256 << 10, 64 << 10);

    private static final int SIGNATURE = 0x69676572; // "regi"
    private static final int MAX_ENTRIES = 2047;
    private static final int AT_ENTRIES = 16;
    private static final int ENTRY = 32;
    private static final UUID BLOCKS = UUID.fromString("2DC27766-F623-4200-9D64-115E9BFD4A08");
    private static final UUID METADATA = UUID.fromString("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    /** Reads the first of the two copies that is intact. */
    static RegionTable read(ByteBuffer first, ByteBuffer second, UsedSpace used, SafetyReport report)
            throws ImageRefusedException {
        if (isIntact(first)) {
            return read(Fields.of(first), FIRST.start(), used, report);
        }
        report.demand(VhdxCheck.REGION_TABLE, isIntact(second), FIRST.start(), "", "both region tables are damaged");
        return read(Fields.of(second), SECOND.start(), used, report);
    }

    private static boolean isIntact(ByteBuffer bytes) {
        ByteBuffer b = Fields.of(bytes);
        return b.limit() == FIRST.length() && b.getInt(0) == SIGNATURE && Fields.isIntact(b);
    }

    private static RegionTable read(ByteBuffer b, long offset, UsedSpace used, SafetyReport report)
            throws ImageRefusedException {
        long entries = Integer.toUnsignedLong(b.getInt(8));
        report.demand(VhdxCheck.REGION_TABLE, entries <= MAX_ENTRIES, offset + 8, entries,
                "a region table has at most " + MAX_ENTRIES + " entries");
        List<ByteRange> all = new ArrayList<>();
        ByteRange blocks = null;
        ByteRange metadata = null;
        for (int at = AT_ENTRIES; at < AT_ENTRIES + entries * ENTRY; at += ENTRY) {
            UUID guid = Fields.guid(b, at);
            ByteRange region = region(b, at, offset, used, report);
            all.add(region);
            if (guid.equals(BLOCKS)) {
                blocks = only(blocks, region, offset + at, report);
            } else if (guid.equals(METADATA)) {
                metadata = only(metadata, region, offset + at, report);
            } else {
                report.demand(VhdxCheck.REGIONS, (b.getInt(at + 28) & 1) == 0, offset + at, guid,
                        "an unknown region is required to read the disk");
            }
        }
        report.demand(VhdxCheck.REGIONS, blocks != null && metadata != null, offset, entries,
                "the region of the block allocation table or of the metadata is missing");
        if (blocks == null || metadata == null) {
            throw new IllegalStateException("not demanded");
        }
        return new RegionTable(blocks, metadata, List.copyOf(all));
    }

    private static ByteRange region(ByteBuffer b, int at, long offset, UsedSpace used, SafetyReport report)
            throws ImageRefusedException {
        long start = b.getLong(at + 16);
        long length = Integer.toUnsignedLong(b.getInt(at + 24));
        report.demand(VhdxCheck.OVERLAP, used.take(start, length), offset + at + 16, Long.toUnsignedString(start),
                "the region of " + length + " bytes is not of whole megabytes, or header, log or another region stand"
                        + " there");
        return new ByteRange(start, length);
    }

    private static ByteRange only(@Nullable ByteRange known, ByteRange region, long at, SafetyReport report)
            throws ImageRefusedException {
        report.demand(VhdxCheck.REGIONS, known == null, at, region.start(), "the same region is named twice");
        return region;
    }
}
