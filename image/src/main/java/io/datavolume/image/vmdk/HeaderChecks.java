package io.datavolume.image.vmdk;

import static io.datavolume.image.vmdk.SparseHeader.AT_CAPACITY;
import static io.datavolume.image.vmdk.SparseHeader.AT_COMPRESSION;
import static io.datavolume.image.vmdk.SparseHeader.AT_DESCRIPTOR;
import static io.datavolume.image.vmdk.SparseHeader.AT_DESCRIPTOR_SIZE;
import static io.datavolume.image.vmdk.SparseHeader.AT_DIRECTORY;
import static io.datavolume.image.vmdk.SparseHeader.AT_END;
import static io.datavolume.image.vmdk.SparseHeader.AT_FLAGS;
import static io.datavolume.image.vmdk.SparseHeader.AT_GRAIN_SIZE;
import static io.datavolume.image.vmdk.SparseHeader.AT_NEWLINES;
import static io.datavolume.image.vmdk.SparseHeader.AT_OVERHEAD;
import static io.datavolume.image.vmdk.SparseHeader.AT_REDUNDANT;
import static io.datavolume.image.vmdk.SparseHeader.AT_TABLE_ENTRIES;
import static io.datavolume.image.vmdk.SparseHeader.AT_VERSION;

import io.datavolume.image.DiskLayout;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.util.Objects;

/** The safety checks of a sparse header and of a footer. */
final class HeaderChecks {

    /** "\n", " ", "\r\n" in this order: a transfer as text changes at least one of them. */
    private static final int NEWLINES = 0x0a0d200a;

    /** The upper half of the flags: who does not know one of them must not read the image. */
    private static final int INCOMPATIBLE = 0xffff0000;

    /** Grains of 64 KiB are usual; a compressed one is inflated in memory. */
    private static final long MAX_GRAIN = 64 << 20;
    private static final long MAX_COMPRESSED_GRAIN = 1 << 20;

    /** Grain tables name sectors with 32 bits. */
    private static final long MAX_OVERHEAD = 0xffff_ffffL;

    private static final int MIN_TABLE_ENTRIES = 128;
    private static final int MAX_TABLE_ENTRIES = 4096;

    /** Keeps the list of grain tables within 16 MiB: 64 TiB of virtual size with usual grains and tables. */
    private static final long MAX_DIRECTORY_ENTRIES = 1L << 21;

    private final SparseHeader header;
    private final SafetyReport report;
    private final long at;

    /** @param at file offset of the sector that holds the header */
    HeaderChecks(SparseHeader header, SafetyReport report, long at) {
        this.header = header;
        this.report = report;
        this.at = at;
    }

    /** Demands that everything but the place of the grain directory may be used. */
    void demandUsable() throws ImageRefusedException {
        check(VmdkCheck.VERSION, header.version() >= 1 && header.version() <= 3, AT_VERSION, header.version(),
                "the version is not known");
        int unknown = header.flags() & INCOMPATIBLE & ~(SparseHeader.FLAG_COMPRESSED | SparseHeader.FLAG_MARKERS);
        check(VmdkCheck.FLAGS, unknown == 0, AT_FLAGS, "0x" + Integer.toHexString(header.flags()),
                "incompatible features are used that are not known");
        check(VmdkCheck.NEWLINE_DETECTION,
                !header.has(SparseHeader.FLAG_NEWLINE_DETECTION) || header.newlines() == NEWLINES, AT_NEWLINES,
                "0x" + Integer.toHexString(header.newlines()),
                "the image was changed by a transfer as text; transfer it again in binary mode");
        check(VmdkCheck.VIRTUAL_SIZE, header.capacity() > 0 && header.capacity() <= Sectors.MAX, AT_CAPACITY,
                Long.toUnsignedString(header.capacity()), "the capacity in sectors must be above 0 and addressable");
        checkCompression();
        long grain = header.grainSize();
        check(VmdkCheck.GRAIN_SIZE, grain > 0 && Long.bitCount(grain) == 1
                && Sectors.bytes(grain) <= (header.compressed() ? MAX_COMPRESSED_GRAIN : MAX_GRAIN), AT_GRAIN_SIZE,
                Long.toUnsignedString(grain), "the grain size in sectors must be a power of two, and of sane size");
        int entries = header.tableEntries();
        check(VmdkCheck.GRAIN_TABLE_SIZE,
                entries >= MIN_TABLE_ENTRIES && entries <= MAX_TABLE_ENTRIES && Integer.bitCount(entries) == 1,
                AT_TABLE_ENTRIES, Integer.toUnsignedString(entries),
                "a grain table must have a power of two from 128 to 4096 of entries");
        report.enforce();
        report.demand(VmdkCheck.GRAIN_DIRECTORY, header.directoryEntries() <= MAX_DIRECTORY_ENTRIES, at + AT_CAPACITY,
                header.directoryEntries(), "the grain directory would need too much memory, at most "
                        + MAX_DIRECTORY_ENTRIES + " entries are supported");
    }

    private void checkCompression() {
        check(VmdkCheck.COMPRESSION, header.compression() == (header.compressed() ? 1 : 0), AT_COMPRESSION,
                header.compression(), "the compression algorithm is not known or disagrees with the flags");
        check(VmdkCheck.COMPRESSION, header.compressed() == header.has(SparseHeader.FLAG_MARKERS), AT_FLAGS,
                "0x" + Integer.toHexString(header.flags()), "compressed grains and markers come only together");
    }

    /** Demands that the descriptor, and the overhead where grains follow it at once, have a sane place. */
    void demandDescriptor() throws ImageRefusedException {
        check(VmdkCheck.EXTENTS, header.descriptorOffset() != 0, AT_DESCRIPTOR, 0,
                "there is no embedded descriptor: this is one part of a disk that is stored in several files");
        long end = header.descriptorOffset() + header.descriptorSize();
        check(VmdkCheck.DESCRIPTOR_SIZE,
                header.descriptorSize() > 0
                        && header.descriptorSize() <= DiskLayout.MAX_WANTED / Sectors.SIZE,
                AT_DESCRIPTOR_SIZE, Long.toUnsignedString(header.descriptorSize()),
                "the descriptor must have 1 sector to 1 MiB");
        check(VmdkCheck.DESCRIPTOR_SIZE,
                header.descriptorOffset() >= 0 && header.descriptorOffset() <= Sectors.MAX - header.descriptorSize(),
                AT_DESCRIPTOR, Long.toUnsignedString(header.descriptorOffset()),
                "the descriptor cannot be addressed");
        check(VmdkCheck.OVERHEAD, header.directoryOffset() != AT_END || header.compressed(), AT_DIRECTORY, AT_END,
                "only a stream-optimized image has its grain directory at the end");
        check(VmdkCheck.OVERHEAD,
                header.directoryOffset() != AT_END || header.overhead() >= end && header.overhead() <= MAX_OVERHEAD,
                AT_OVERHEAD, Long.toUnsignedString(header.overhead()), "grains begin inside the descriptor");
        report.enforce();
    }

    /** Demands that the grain directory stands behind the header and inside the file, as far as its end is known. */
    void demandDirectory(long fileLength) throws ImageRefusedException {
        long offset = header.directoryOffset();
        check(VmdkCheck.GRAIN_DIRECTORY, offset > 0 && offset <= Sectors.MAX - (1L << 32), AT_DIRECTORY,
                Long.toUnsignedString(offset), "the grain directory cannot be there");
        check(VmdkCheck.GRAIN_DIRECTORY,
                !header.has(SparseHeader.FLAG_REDUNDANT)
                        || header.redundantOffset() >= 0 && header.redundantOffset() <= Sectors.MAX - (1L << 32),
                AT_REDUNDANT, Long.toUnsignedString(header.redundantOffset()),
                "the redundant grain directory cannot be there");
        report.enforce();
        report.demand(VmdkCheck.GRAIN_DIRECTORY,
                header.directory().start() >= header.descriptor().end()
                        || header.directory().end() <= header.descriptor().start(),
                at + AT_DIRECTORY, offset, "the grain directory overlaps the descriptor");
        report.demand(VmdkCheck.GRAIN_DIRECTORY, header.directory().end() <= fileLength, at + AT_DIRECTORY, offset,
                "the grain directory ends behind the end of the file (" + fileLength + " bytes)");
    }

    /** Demands that a footer describes the same disk as the header: all but the place of the directories. */
    void demandFooterOf(SparseHeader first) throws ImageRefusedException {
        agree("version", first.version(), header.version(), AT_VERSION);
        agree("flags", first.flags(), header.flags(), AT_FLAGS);
        agree("capacity", first.capacity(), header.capacity(), AT_CAPACITY);
        agree("grain size", first.grainSize(), header.grainSize(), AT_GRAIN_SIZE);
        agree("descriptor offset", first.descriptorOffset(), header.descriptorOffset(), AT_DESCRIPTOR);
        agree("descriptor size", first.descriptorSize(), header.descriptorSize(), AT_DESCRIPTOR_SIZE);
        agree("grain table size", first.tableEntries(), header.tableEntries(), AT_TABLE_ENTRIES);
        agree("compression", first.compression(), header.compression(), AT_COMPRESSION);
        report.enforce();
        report.demand(VmdkCheck.FOOTER, header.directoryOffset() != AT_END, at + AT_DIRECTORY, AT_END,
                "the footer does not tell where the grain directory is");
    }

    private void agree(String what, Object first, Object second, int offset) {
        check(VmdkCheck.FOOTER, Objects.equals(first, second), offset, second,
                "the footer's " + what + " is not the header's (" + first + ")");
    }

    private void check(VmdkCheck check, boolean holds, int offset, Object value, String message) {
        report.check(check, holds, at + offset, value, message);
    }
}
