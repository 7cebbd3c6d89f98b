package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;
import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Compressed cluster descriptors: the place of the data in bytes, and the number of sectors that it touches
 * besides its first one. The number is an upper bound, so the last sector may be missing from the file.
 */
final class CompressedData {

    private final int clusterSize;
    private final int offsetBits;
    private final long sectorMask;
    private final Encoding encoding;
    private final Metadata metadata;
    private final OptionalLong fileLength;
    private final SafetyReport report;
    private long highestStart = -1;
    private long highestEnd = -1;

    CompressedData(Qcow2Header header, Metadata metadata, OptionalLong fileLength, SafetyReport report) {
        this.clusterSize = header.clusterSize();
        this.offsetBits = 62 - (int) (header.clusterBits() - 8);
        this.sectorMask = (1L << (header.clusterBits() - 8)) - 1;
        this.encoding = header.compressionType() == Qcow2Header.ZSTD ? Encoding.ZSTD : Encoding.DEFLATE;
        this.metadata = metadata;
        this.fileLength = fileLength;
        this.report = report;
    }

    /**
     * @param entry the L2 entry
     * @param at its place in the file
     * @param guest guest offset of the cluster
     * @param length guest bytes that are kept
     */
    void map(long entry, long at, long guest, long length, MappingSink sink) throws IOException {
        long start = entry & ((1L << offsetBits) - 1);
        long sectors = (entry >>> offsetBits & sectorMask) + 1;
        if (start >= HeaderChecks.MAX_OFFSET) {
            report.demand(Qcow2Check.L2_ENTRY, false, at, "0x" + Long.toHexString(entry),
                    "reserved bits are set in the compressed cluster descriptor");
        }
        long stored = sectors * VirtualSize.SECTOR - start % VirtualSize.SECTOR;
        String place = metadata.in(new ByteRange(start, stored));
        if (!place.isEmpty()) {
            report.demand(Qcow2Check.COMPRESSED_CLUSTER, false, at, start, "the compressed cluster lies in " + place);
        }
        if (fileLength.isPresent()) {
            demandInFile(start, start + stored, fileLength.getAsLong(), at);
        }
        highestStart = Math.max(highestStart, start);
        highestEnd = Math.max(highestEnd, start + stored);
        sink.map(Mapping.compressed(guest, length, start, stored, encoding, clusterSize));
    }

    void end(long length) throws IOException {
        demandInFile(highestStart, highestEnd, length, -1);
    }

    /** Decoding tells whether enough is there; this only stops what cannot be meant. */
    private void demandInFile(long start, long end, long length, long at) throws IOException {
        if (start >= length || end - clusterSize > length) {
            report.demand(Qcow2Check.COMPRESSED_CLUSTER, false, at, start,
                    "the compressed cluster ends at " + end + ", outside the file; is it truncated?");
        }
        report.check(Qcow2Check.COMPRESSED_CLUSTER, true, at, "", "");
    }
}
