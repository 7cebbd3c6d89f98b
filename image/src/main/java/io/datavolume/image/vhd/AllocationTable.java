package io.datavolume.image.vhd;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingRuns;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * The block allocation table: for each block of the disk the sector where it is stored (VHD specification, "Block
 * Allocation Table and Data Blocks"). A stored block is a bitmap of its used sectors and then its content; as QEMU
 * does, the bitmap is not looked at: sectors that it leaves out are stored as zeros.
 */
final class AllocationTable {

    private static final int UNALLOCATED = 0xffff_ffff;

    private final DynamicHeader header;
    private final SafetyReport report;
    private final long fileLength;
    private final long storedLength;
    private final MappingRuns runs = new MappingRuns();
    private final StoredBlocks blocks;
    private long fed;
    private long contentEnd;

    /** @param fileLength bytes of the image file, {@link Long#MAX_VALUE} where unknown */
    AllocationTable(DynamicHeader header, SafetyReport report, long fileLength) throws ImageRefusedException {
        this.header = header;
        this.report = report;
        this.fileLength = fileLength;
        this.storedLength = (long) header.bitmapSize() + header.blockSize();
        this.blocks = new StoredBlocks((int) (header.table().length() / Integer.BYTES));
        this.contentEnd = VirtualSize.roundUpToSector(Math.max(header.place().end(), header.table().end()));
        report.demand(VhdCheck.TABLE, header.table().end() <= fileLength, header.table().start(),
                header.table().length(), "the file ends inside the block allocation table");
    }

    boolean isComplete() {
        return fed == header.table().length();
    }

    /** The next piece; pieces end at whole entries since {@link DiskLayout#MAX_WANTED} is a multiple of four. */
    ByteRange next() {
        return new ByteRange(header.table().start() + fed,
                Math.min(DiskLayout.MAX_WANTED, header.table().length() - fed));
    }

    /** First byte behind header, table and all blocks: where the footer is expected. Known when complete. */
    long contentEnd() {
        return contentEnd;
    }

    int storedBlocks() {
        return blocks.count();
    }

    void feed(ByteRange piece, ByteBuffer bytes, MappingSink sink) throws IOException {
        report.demand(VhdCheck.TABLE, bytes.remaining() == piece.length(), piece.start(), bytes.remaining(),
                "the file ends inside the block allocation table");
        ByteBuffer entries = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        long start = fed / Integer.BYTES * header.blockSize();
        for (int at = 0; at < entries.limit(); at += Integer.BYTES) {
            map(start, entries.getInt(at), piece.start() + at, sink);
            start += header.blockSize();
        }
        fed += piece.length();
        if (isComplete()) {
            finish(sink);
        }
    }

    private void finish(MappingSink sink) throws IOException {
        OptionalLong shared = blocks.overlap(storedLength);
        report.demand(VhdCheck.BLOCKS, shared.isEmpty(), shared.orElse(-1), shared.orElse(-1),
                "two blocks of the disk are stored at the same place");
        runs.flush(sink);
    }

    /** Entries behind the disk are checked and not mapped. */
    private void map(long start, int entry, long at, MappingSink sink) throws IOException {
        long length = Math.min(header.blockSize(), header.diskSize() - start);
        if (entry == UNALLOCATED) {
            if (length > 0) {
                runs.add(Mapping.empty(start, length, Extent.Kind.UNALLOCATED), sink);
            }
            return;
        }
        ByteRange stored = new ByteRange(Integer.toUnsignedLong(entry) * VirtualSize.SECTOR, storedLength);
        check(stored, at);
        blocks.add(entry);
        contentEnd = Math.max(contentEnd, stored.end());
        if (length > 0) {
            runs.add(Mapping.plain(start, stored.start() + header.bitmapSize(), length), sink);
        }
    }

    private void check(ByteRange stored, long at) throws ImageRefusedException {
        boolean apart = stored.start() >= VhdFooter.LENGTH && isApart(stored, header.place())
                && isApart(stored, header.table());
        if (!apart || stored.end() > fileLength) {
            report.demand(VhdCheck.BLOCKS, false, at, stored.start() / VirtualSize.SECTOR, apart
                    ? "the block is stored behind the end of the file (" + fileLength
                            + " bytes); the image is truncated"
                    : "the block is stored at the place of footer, header or block allocation table");
        }
    }

    private static boolean isApart(ByteRange one, ByteRange other) {
        return one.start() >= other.end() || one.end() <= other.start();
    }

    /** Checks what could not be known before the file ended. */
    void end(long length) throws ImageRefusedException {
        report.demand(VhdCheck.BLOCKS, contentEnd <= length, -1, contentEnd,
                "blocks are stored behind the end of the file (" + length + " bytes); the image is truncated");
    }
}
