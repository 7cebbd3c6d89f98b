package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingRuns;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The block allocation table ([MS-VHDX] 2.5): for each block of the disk its state and its place. After each chunk
 * of blocks stands the entry of a sector bitmap, which only differencing images use. The table is mapped piece by
 * piece; all that is kept is which megabytes of the file are taken.
 */
final class BlockTable {

    private static final int STATE = 7;
    private static final int NOT_PRESENT = 0;
    private static final int UNDEFINED = 1;
    private static final int ZERO = 2;
    private static final int UNMAPPED = 3;
    private static final int FULLY_PRESENT = 6;
    private static final int PARTIALLY_PRESENT = 7;

    private final ByteRange place;
    private final DiskParameters disk;
    private final UsedSpace used;
    private final SafetyReport report;
    private final long fileLength;
    private final MappingRuns runs = new MappingRuns();
    private long fed;
    private long block;
    private long stored;
    private long contentEnd;

    /** @param fileLength bytes of the image file, {@link Long#MAX_VALUE} where unknown */
    BlockTable(ByteRange region, DiskParameters disk, UsedSpace used, SafetyReport report, long fileLength)
            throws ImageRefusedException {
        long length = disk.entries() * Long.BYTES;
        report.demand(VhdxCheck.TABLE_SIZE, region.length() >= length, region.start(), region.length(),
                "the disk needs a block allocation table of " + length + " bytes");
        report.demand(VhdxCheck.TABLE_SIZE, region.start() + length <= fileLength, region.start(), length,
                "the file ends inside the block allocation table");
        this.place = new ByteRange(region.start(), length);
        this.disk = disk;
        this.used = used;
        this.report = report;
        this.fileLength = fileLength;
    }

    boolean isComplete() {
        return fed == place.length();
    }

    /** The next piece; pieces end at whole entries since {@link DiskLayout#MAX_WANTED} is a multiple of eight. */
    ByteRange next() {
        return new ByteRange(place.start() + fed, Math.min(DiskLayout.MAX_WANTED, place.length() - fed));
    }

    long storedBlocks() {
        return stored;
    }

    void feed(ByteRange piece, ByteBuffer bytes, MappingSink sink) throws IOException {
        report.demand(VhdxCheck.TABLE_SIZE, bytes.remaining() == piece.length(), piece.start(), bytes.remaining(),
                "the file ends inside the block allocation table");
        ByteBuffer entries = Fields.of(bytes);
        long entry = fed / Long.BYTES;
        long chunk = disk.chunkRatio() + 1;
        for (int at = 0; at < entries.limit(); at += Long.BYTES) {
            if (entry++ % chunk == chunk - 1) {
                checkBitmap(entries.getLong(at), piece.start() + at);
            } else {
                runs.add(mapping(entries.getLong(at), piece.start() + at), sink);
                block++;
            }
        }
        fed += piece.length();
        if (isComplete()) {
            runs.flush(sink);
            report.check(VhdxCheck.BLOCKS, true, place.start(), "", "");
        }
    }

    private void checkBitmap(long entry, long at) throws ImageRefusedException {
        int state = (int) entry & STATE;
        if (state != NOT_PRESENT && state != FULLY_PRESENT) {
            refuse(at, state, "a sector bitmap is in an unknown state");
        }
    }

    private Mapping mapping(long entry, long at) throws ImageRefusedException {
        long start = block * disk.blockSize();
        long length = Math.min(disk.blockSize(), disk.diskSize() - start);
        int state = (int) entry & STATE;
        switch (state) {
            case NOT_PRESENT, UNDEFINED, UNMAPPED -> {
                return Mapping.empty(start, length, Extent.Kind.UNALLOCATED);
            }
            case ZERO -> {
                return Mapping.empty(start, length, Extent.Kind.ZERO);
            }
            case FULLY_PRESENT -> {
                return Mapping.plain(start, content(entry & -Fields.MEGABYTE, length, at), length);
            }
            case PARTIALLY_PRESENT ->
                refuse(at, state, "block " + block + " depends on a parent image; merge it with its parent first");
            default -> refuse(at, state, "block " + block + " is in an unknown state");
        }
        throw new IllegalStateException("not refused");
    }

    /**
     * Checks the place of a block.
     *
     * @param length bytes of it that belong to the disk: QEMU ends a fixed image with the disk, inside the last block
     */
    private long content(long offset, long length, long at) throws ImageRefusedException {
        if (!used.take(offset, disk.blockSize())) {
            refuse(at, offset, "block " + block + " is stored where header, log, a region or another block is, or"
                    + " behind " + UsedSpace.MAX_OFFSET + " bytes");
        }
        long end = offset + length;
        if (end > fileLength) {
            refuse(at, offset, "block " + block + " is stored behind the end of the file (" + fileLength
                    + " bytes); the image is truncated");
        }
        contentEnd = Math.max(contentEnd, end);
        stored++;
        return offset;
    }

    /** Checks what could not be known before the file ended. */
    void end(long length) throws ImageRefusedException {
        report.demand(VhdxCheck.BLOCKS, contentEnd <= length, -1, contentEnd,
                "blocks are stored behind the end of the file (" + length + " bytes); the image is truncated");
    }

    private void refuse(long at, long value, String message) throws ImageRefusedException {
        report.demand(VhdxCheck.BLOCKS, false, at, Long.toUnsignedString(value), message);
    }
}
