package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;
import io.datavolume.image.Extent.Kind;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Turns <a href="https://www.qemu.org/docs/master/interop/qcow2.html#cluster-mapping">L2 entries</a>, standard
 * and <a href="https://www.qemu.org/docs/master/interop/qcow2.html#extended-l2-entries">extended</a>, into runs.
 * Without a backing file, what is not allocated reads as zeros.
 */
final class L2Decoder {

    private static final long COMPRESSED = 1L << 62;
    private static final long COPIED = 1L << 63;
    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final long RESERVED = 0x3f00_0000_0000_01feL;
    private static final long READS_AS_ZEROS = 1;
    private static final int SUBCLUSTERS = 32;

    private final Qcow2Header header;
    private final int clusterSize;
    private final long size;
    private final boolean extended;
    private final OptionalLong fileLength;
    private final ClusterRuns runs;
    private final CompressedData compressed;
    private final SafetyReport report;

    L2Decoder(Qcow2Header header, OptionalLong fileLength, ClusterRuns runs, CompressedData compressed,
            SafetyReport report) {
        this.header = header;
        this.clusterSize = header.clusterSize();
        this.size = header.virtualSize();
        this.extended = header.has(Qcow2Header.EXTENDED_L2);
        this.fileLength = fileLength;
        this.runs = runs;
        this.compressed = compressed;
        this.report = report;
    }

    /**
     * @param range an L2 table or a piece of one
     * @param guestStart guest offset of its first entry
     */
    void feed(ByteRange range, ByteBuffer bytes, long guestStart, MappingSink sink) throws IOException {
        report.demand(Qcow2Check.L2_TABLE, bytes.remaining() >= range.length(), range.start(), bytes.remaining(),
                "the file ends inside the L2 table; is it truncated?");
        int entrySize = header.entrySize();
        long guest = guestStart;
        for (int i = 0; i < range.length() && guest < size; i += entrySize) {
            long entry = bytes.getLong(bytes.position() + i);
            long bitmap = extended ? bytes.getLong(bytes.position() + i + Long.BYTES) : 0;
            long length = Math.min(clusterSize, size - guest);
            if ((entry | bitmap) == 0) {
                runs.empty(Kind.UNALLOCATED, guest, length, sink);
            } else if ((entry & COMPRESSED) != 0) {
                demandBitmap(bitmap == 0, bitmap, range.start() + i, "a compressed cluster has no subclusters");
                runs.flush(sink);
                compressed.map(entry, range.start() + i, guest, length, sink);
            } else {
                standard(entry, bitmap, range.start() + i, guest, length, sink);
            }
            guest += clusterSize;
        }
    }

    private void standard(long entry, long bitmap, long at, long guest, long length, MappingSink sink)
            throws IOException {
        long offset = entry & OFFSET;
        boolean zeros = (entry & READS_AS_ZEROS) != 0;
        if ((entry & RESERVED) != 0 || (zeros && (extended || header.version() == 2))) {
            refuse(Qcow2Check.L2_ENTRY, entry, at, "reserved bits are set in the L2 entry");
        }
        if (offset == 0 && (entry & COPIED) != 0) {
            refuse(Qcow2Check.DATA_CLUSTER, entry, at, "the data cluster lies in the header");
        }
        if ((offset & (clusterSize - 1)) != 0) {
            refuse(Qcow2Check.DATA_CLUSTER, entry, at, "the data cluster is not aligned to a cluster");
        }
        if (extended) {
            subclusters(offset, bitmap, at, guest, length, sink);
        } else if (zeros) {
            runs.empty(Kind.ZERO, guest, length, sink);
        } else {
            demandInFile(offset, at);
            runs.data(guest, offset, length, sink);
        }
    }

    private void subclusters(long offset, long bitmap, long at, long guest, long length, MappingSink sink)
            throws IOException {
        int stored = (int) bitmap;
        int zero = (int) (bitmap >>> SUBCLUSTERS);
        demandBitmap((stored & zero) == 0, bitmap, at, "a subcluster is both allocated and zero");
        demandBitmap(stored == 0 || offset != 0, bitmap, at, "a subcluster is allocated although its cluster is not");
        if (stored != 0) {
            demandInFile(offset, at);
        }
        int subclusterSize = clusterSize / SUBCLUSTERS;
        for (int i = 0; i < SUBCLUSTERS && (long) i * subclusterSize < length;) {
            int bits = bitOf(stored, i) != 0 ? stored : bitOf(zero, i) != 0 ? zero : ~(stored | zero);
            int run = Math.min(SUBCLUSTERS - i, Integer.numberOfTrailingZeros(~(bits >> i)));
            long from = (long) i * subclusterSize;
            long bytes = Math.min((long) run * subclusterSize, length - from);
            if (bits == stored) {
                runs.data(guest + from, offset + from, bytes, sink);
            } else {
                runs.empty(bits == zero ? Kind.ZERO : Kind.UNALLOCATED, guest + from, bytes, sink);
            }
            i += run;
        }
    }

    private static int bitOf(int bits, int i) {
        return bits >>> i & 1;
    }

    private void demandInFile(long offset, long at) throws ImageRefusedException {
        if (fileLength.isPresent() && offset >= fileLength.getAsLong()) {
            refuse(Qcow2Check.DATA_CLUSTER, offset, at, "the data cluster lies outside the file; is it truncated?");
        }
    }

    private void demandBitmap(boolean holds, long bitmap, long at, String message) throws ImageRefusedException {
        if (!holds) {
            refuse(Qcow2Check.SUBCLUSTERS, bitmap, at + Long.BYTES, message);
        }
    }

    private void refuse(Qcow2Check check, long value, long at, String message) throws ImageRefusedException {
        report.demand(check, false, at, "0x" + Long.toHexString(value), message);
    }
}
