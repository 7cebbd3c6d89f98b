package io.datavolume.image.qcow2;

import static io.datavolume.image.qcow2.Qcow2Header.BACKING_FILE_AT;
import static io.datavolume.image.qcow2.Qcow2Header.COMPRESSION_TYPE_AT;
import static io.datavolume.image.qcow2.Qcow2Header.CRYPT_METHOD_AT;
import static io.datavolume.image.qcow2.Qcow2Header.HEADER_LENGTH_AT;
import static io.datavolume.image.qcow2.Qcow2Header.INCOMPATIBLE_AT;
import static io.datavolume.image.qcow2.Qcow2Header.L1_SIZE_AT;
import static io.datavolume.image.qcow2.Qcow2Header.L1_TABLE_AT;
import static io.datavolume.image.qcow2.Qcow2Header.REFCOUNT_CLUSTERS_AT;
import static io.datavolume.image.qcow2.Qcow2Header.REFCOUNT_ORDER_AT;
import static io.datavolume.image.qcow2.Qcow2Header.REFCOUNT_TABLE_AT;
import static io.datavolume.image.qcow2.Qcow2Header.SIZE_AT;

import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Everything that can be said of a qcow2 image from its header alone, before any table is followed. */
final class HeaderChecks {

    /** Bytes of the largest L1 table that QEMU writes or opens. */
    static final long MAX_L1_BYTES = 32 << 20;

    /** Tables and clusters lie below this file offset: bits 9-55 of an entry. */
    static final long MAX_OFFSET = 1L << 56;

    private static final long MAX_REFCOUNT_TABLE_BYTES = 8 << 20;
    private static final int MIN_CLUSTER_BITS = 9;
    private static final int MAX_CLUSTER_BITS = 21;
    /** A subcluster, 1/32 of a cluster, is at least one sector. */
    private static final int MIN_EXTENDED_CLUSTER_BITS = 14;
    private static final long KNOWN_FEATURES = (1 << 5) - 1;

    private final Qcow2Header header;
    private final SafetyReport report;

    private HeaderChecks(Qcow2Header header, SafetyReport report) {
        this.header = header;
        this.report = report;
    }

    /**
     * Demands what must hold before anything else of the header means something: magic, version, length and
     * cluster size.
     *
     * @param start the file's first 512 bytes, or all of a shorter file
     */
    static Qcow2Header begin(ByteBuffer start, SafetyReport report) throws ImageRefusedException {
        report.demand(Qcow2Check.HEADER_LENGTH, start.limit() >= Qcow2Header.LENGTH_V2, 0, start.limit(),
                "the file ends inside the qcow2 header; is it truncated?");
        report.demand(Qcow2Check.MAGIC, start.getInt(0) == Qcow2Header.MAGIC, 0, hex(start.getInt(0)),
                "the file does not begin with the qcow2 magic; give the format that it has");
        int version = start.getInt(Qcow2Header.VERSION_AT);
        report.demand(Qcow2Check.VERSION, version == 2 || version == 3, Qcow2Header.VERSION_AT,
                Integer.toUnsignedString(version), "only versions 2 and 3 are supported");
        report.demand(Qcow2Check.HEADER_LENGTH, version == 2 || start.limit() >= Qcow2Header.LENGTH_V3, 0,
                start.limit(), "the file ends inside the qcow2 header; is it truncated?");
        Qcow2Header header = Qcow2Header.decode(start);
        report.demand(Qcow2Check.CLUSTER_BITS,
                header.clusterBits() >= MIN_CLUSTER_BITS && header.clusterBits() <= MAX_CLUSTER_BITS,
                Qcow2Header.CLUSTER_BITS_AT, header.clusterBits(), "cluster_bits must be 9 to 21");
        return header;
    }

    /**
     * Makes all other checks of the header and throws their violations together.
     *
     * @param area as much of the first cluster as was read
     */
    static void finish(Qcow2Header header, ByteBuffer area, OptionalLong fileLength, SafetyReport report)
            throws ImageRefusedException {
        HeaderChecks checks = new HeaderChecks(header, report);
        checks.length(area);
        HeaderExtensions extensions = HeaderExtensions.parse(area, header, report);
        checks.foreignFiles(area, extensions);
        checks.features(extensions);
        checks.refcounts(fileLength);
        checks.tables(fileLength);
        report.enforce();
    }

    private void length(ByteBuffer area) throws ImageRefusedException {
        long length = header.headerLength();
        report.demand(Qcow2Check.HEADER_LENGTH,
                header.version() == 2
                        || (length >= Qcow2Header.LENGTH_V3 && length % 8 == 0 && length <= header.clusterSize()),
                HEADER_LENGTH_AT, length, "header_length must be a multiple of 8 from 104 to the cluster size");
        report.demand(Qcow2Check.HEADER_LENGTH, length <= COMPRESSION_TYPE_AT || area.limit() > COMPRESSION_TYPE_AT,
                0, area.limit(), "the file ends inside the qcow2 header; is it truncated?");
    }

    private void foreignFiles(ByteBuffer area, HeaderExtensions extensions) {
        boolean delta = header.backingFileOffset() != 0;
        String name = delta ? HeaderExtensions.text(area, header.backingFileOffset(), header.backingFileSize()) : "";
        report.check(Qcow2Check.BACKING_FILE, !delta, BACKING_FILE_AT, name, "the image is a delta to another file,"
                + " which is never opened; flatten it with qemu-img convert and import the result");
        report.check(Qcow2Check.DATA_FILE, !header.has(Qcow2Header.EXTERNAL_DATA) && extensions.dataFile().isEmpty(),
                INCOMPATIBLE_AT, extensions.dataFile().orElse("(no name)"), "the data is in an external data file,"
                        + " which is never opened; convert the image with qemu-img convert and import the result");
    }

    private void features(HeaderExtensions extensions) {
        report.check(Qcow2Check.CORRUPT, !header.has(Qcow2Header.CORRUPT), INCOMPATIBLE_AT, "corrupt",
                "the image is marked as corrupt; repair it with qemu-img check -r all");
        long unknown = header.incompatibleFeatures() & ~KNOWN_FEATURES;
        report.check(Qcow2Check.INCOMPATIBLE_FEATURES, unknown == 0, INCOMPATIBLE_AT, hex(unknown),
                "the image demands features that are not supported");
        report.check(Qcow2Check.CLUSTER_BITS,
                !header.has(Qcow2Header.EXTENDED_L2) || header.clusterBits() >= MIN_EXTENDED_CLUSTER_BITS,
                Qcow2Header.CLUSTER_BITS_AT, header.clusterBits(), "cluster_bits must be 14 to 21 with subclusters");
        report.check(Qcow2Check.ENCRYPTION, header.cryptMethod() == 0, CRYPT_METHOD_AT, header.cryptMethod(),
                "the image is encrypted; decrypt it with qemu-img convert and import the result");
        report.check(Qcow2Check.ENCRYPTION, header.cryptMethod() != 0 || extensions.encryptionHeaderAt() < 0,
                extensions.encryptionHeaderAt(),
                "encryption header", "the image points to a LUKS header although it is not said to be encrypted");
        boolean typed = header.has(Qcow2Header.COMPRESSION);
        int type = header.compressionType();
        report.check(Qcow2Check.COMPRESSION_TYPE, typed ? type == Qcow2Header.ZSTD : type == 0, COMPRESSION_TYPE_AT,
                type, "only zlib (0, without feature bit 3) and zstd (1, with it) are supported");
    }

    private void refcounts(OptionalLong fileLength) {
        report.check(Qcow2Check.REFCOUNT_ORDER, header.refcountOrder() <= 6, REFCOUNT_ORDER_AT,
                header.refcountOrder(), "refcount_order must be at most 6");
        report.check(Qcow2Check.REFCOUNT_TABLE,
                header.refcountTableClusters() << header.clusterBits() <= MAX_REFCOUNT_TABLE_BYTES,
                REFCOUNT_CLUSTERS_AT, header.refcountTableClusters(),
                "the reference count table is longer than " + MAX_REFCOUNT_TABLE_BYTES + " bytes");
        if (header.refcountTableClusters() > 0) {
            place(Qcow2Check.REFCOUNT_TABLE, header.refcountTableOffset(), REFCOUNT_TABLE_AT, fileLength);
        }
    }

    private void tables(OptionalLong fileLength) throws ImageRefusedException {
        VirtualSize.requireAddressable(report, Qcow2Check.VIRTUAL_SIZE, SIZE_AT, header.size());
        long needed = header.neededTables();
        report.check(Qcow2Check.L1_SIZE, header.l1Size() <= MAX_L1_BYTES / Long.BYTES, L1_SIZE_AT, header.l1Size(),
                "the L1 table is longer than " + MAX_L1_BYTES + " bytes");
        report.check(Qcow2Check.L1_SIZE, header.l1Size() >= needed, L1_SIZE_AT, header.l1Size(),
                "the L1 table is too small, the virtual size needs " + needed + " entries");
        boolean placed = place(Qcow2Check.L1_TABLE, header.l1TableOffset(), L1_TABLE_AT, fileLength);
        report.enforce();
        if (placed) {
            long end = header.l1TableOffset() + needed * Long.BYTES;
            report.check(Qcow2Check.L1_TABLE, fileLength.isEmpty() || end <= fileLength.getAsLong(), L1_TABLE_AT,
                    header.l1TableOffset(), "the L1 table ends at " + end + ", outside the file");
            report.check(Qcow2Check.L1_TABLE, !Metadata.overlap(header.l1Table(), header.refcountTable()),
                    L1_TABLE_AT, header.l1TableOffset(), "the L1 table lies in the reference count table");
        }
    }

    /** Alignment and rough place of a table that the header names. */
    private boolean place(Qcow2Check check, long offset, int at, OptionalLong fileLength) {
        String value = Long.toUnsignedString(offset);
        return report.check(check, offset % header.clusterSize() == 0, at, value,
                "the table is not aligned to a cluster")
                && report.check(check, offset >= 0 && offset < MAX_OFFSET, at, value, "the offset is not addressable")
                && report.check(check, offset >= header.clusterSize(), at, value, "the table lies in the header")
                && report.check(check, fileLength.isEmpty() || offset < fileLength.getAsLong(), at, value,
                        "the table lies outside the file");
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
