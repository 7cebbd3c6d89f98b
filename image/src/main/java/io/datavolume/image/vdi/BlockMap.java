package io.datavolume.image.vdi;

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
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * The block map: for each block of the disk the number of a stored block. It is mapped piece by piece; all that is
 * kept is one bit for each stored block, to see that none is used twice.
 */
final class BlockMap {

    private static final int UNALLOCATED = 0xffff_ffff;
    private static final int ZERO = 0xffff_fffe;

    private final VdiHeader header;
    private final SafetyReport report;
    private final long fileLength;
    private final MappingRuns runs = new MappingRuns();
    private final BitSet used;
    private long fed;
    private long dataEnd;

    /** @param fileLength bytes of the image file, {@link Long#MAX_VALUE} where unknown */
    BlockMap(VdiHeader header, SafetyReport report, long fileLength) throws ImageRefusedException {
        this.header = header;
        this.report = report;
        this.fileLength = fileLength;
        this.used = new BitSet(header.stored());
        report.demand(VdiCheck.LAYOUT, header.mapOffset() + header.mapLength() <= fileLength, header.mapOffset(),
                header.mapLength(), "the file ends inside the block map");
    }

    boolean isComplete() {
        return fed == header.mapLength();
    }

    /** The next piece; pieces end at whole entries since {@link DiskLayout#MAX_WANTED} is a multiple of four. */
    ByteRange next() {
        return new ByteRange(header.mapOffset() + fed, Math.min(DiskLayout.MAX_WANTED, header.mapLength() - fed));
    }

    void feed(ByteRange piece, ByteBuffer bytes, MappingSink sink) throws IOException {
        report.demand(VdiCheck.LAYOUT, bytes.remaining() == piece.length(), piece.start(), bytes.remaining(),
                "the file ends inside the block map");
        ByteBuffer entries = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        long block = fed / Integer.BYTES;
        for (int at = 0; at < entries.limit(); at += Integer.BYTES) {
            runs.add(mapping(block++, entries.getInt(at), piece.start() + at), sink);
        }
        fed += piece.length();
        if (isComplete()) {
            runs.flush(sink);
            report.check(VdiCheck.BLOCK_MAP, true, header.mapOffset(), "", "");
        }
    }

    private Mapping mapping(long block, int entry, long at) throws ImageRefusedException {
        long start = block * header.blockSize();
        long length = Math.min(header.blockSize(), header.diskSize() - start);
        if (entry == UNALLOCATED || entry == ZERO) {
            return Mapping.empty(start, length, entry == ZERO ? Extent.Kind.ZERO : Extent.Kind.UNALLOCATED);
        }
        if (entry < 0 || entry >= header.stored()) {
            refuse(at, entry, "the entry of block " + block + " is not among the " + header.stored()
                    + " stored blocks");
        }
        if (used.get(entry)) {
            refuse(at, entry, "the stored block of block " + block + " is already used by another one");
        }
        used.set(entry);
        long offset = header.dataOffset() + (long) entry * header.blockSize();
        dataEnd = Math.max(dataEnd, offset + length);
        if (offset + length > fileLength) {
            refuse(at, entry, "block " + block + " is stored behind the end of the file (" + fileLength
                    + " bytes); the image is truncated");
        }
        return Mapping.plain(start, offset, length);
    }

    /** Checks what could not be known before the file ended. */
    void end(long length) throws ImageRefusedException {
        report.demand(VdiCheck.BLOCK_MAP, dataEnd <= length, -1, dataEnd,
                "blocks are stored behind the end of the file (" + length + " bytes); the image is truncated");
    }

    private void refuse(long at, int entry, String message) throws ImageRefusedException {
        report.demand(VdiCheck.BLOCK_MAP, false, at, Integer.toUnsignedString(entry), message);
    }
}
