package io.datavolume.image.vmdk;

import io.datavolume.image.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code SparseExtentHeader} of a hosted sparse extent, as it stands in the first sector and again in the footer.
 * Values are as read; {@link HeaderChecks} decides whether they may be used. Offsets and sizes are in sectors.
 *
 * <p>Specification: <a href="https://www.vmware.com/app/vmdk/?src=vmdk">Virtual Disk Format 1.1</a>, section
 * "Hosted Sparse Extents".
 *
 * @param capacity virtual size in sectors
 * @param grainSize sectors in a grain
 * @param tableEntries entries in a grain table ({@code numGTEsPerGT})
 * @param directoryOffset grain directory, or {@link #AT_END} when only the footer knows it
 * @param overhead sectors before the first grain
 * @param newlines the four newline detection bytes, as one little endian number
 * @param compression 0 for none, 1 for DEFLATE
 */
record SparseHeader(int version, int flags, long capacity, long grainSize, long descriptorOffset, long descriptorSize,
        int tableEntries, long redundantOffset, long directoryOffset, long overhead, boolean uncleanShutdown,
        int newlines, int compression) {

    static final int LENGTH = Sectors.SIZE;
    static final int MAGIC = 0x564d444b;
    static final long AT_END = -1;

    static final int FLAG_NEWLINE_DETECTION = 1;
    static final int FLAG_REDUNDANT = 1 << 1;
    static final int FLAG_ZERO_GRAINS = 1 << 2;
    static final int FLAG_COMPRESSED = 1 << 16;
    static final int FLAG_MARKERS = 1 << 17;

    /** Offsets of fields in the sector, for messages. */
    static final int AT_VERSION = 4;
    static final int AT_FLAGS = 8;
    static final int AT_CAPACITY = 12;
    static final int AT_GRAIN_SIZE = 20;
    static final int AT_DESCRIPTOR = 28;
    static final int AT_DESCRIPTOR_SIZE = 36;
    static final int AT_TABLE_ENTRIES = 44;
    static final int AT_REDUNDANT = 48;
    static final int AT_DIRECTORY = 56;
    static final int AT_OVERHEAD = 64;
    static final int AT_UNCLEAN = 72;
    static final int AT_NEWLINES = 73;
    static final int AT_COMPRESSION = 77;

    /** @param sector {@link #LENGTH} bytes from the buffer's position */
    static SparseHeader read(ByteBuffer sector) {
        ByteBuffer b = sector.slice().order(ByteOrder.LITTLE_ENDIAN);
        return new SparseHeader(b.getInt(AT_VERSION), b.getInt(AT_FLAGS), b.getLong(AT_CAPACITY),
                b.getLong(AT_GRAIN_SIZE), b.getLong(AT_DESCRIPTOR), b.getLong(AT_DESCRIPTOR_SIZE),
                b.getInt(AT_TABLE_ENTRIES), b.getLong(AT_REDUNDANT), b.getLong(AT_DIRECTORY), b.getLong(AT_OVERHEAD),
                b.get(AT_UNCLEAN) != 0, b.getInt(AT_NEWLINES), Short.toUnsignedInt(b.getShort(AT_COMPRESSION)));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean compressed() {
        return has(FLAG_COMPRESSED);
    }

    /** Virtual size in bytes. */
    long virtualSize() {
        return capacity * Sectors.SIZE;
    }

    long grainBytes() {
        return grainSize * Sectors.SIZE;
    }

    /** Guest bytes that one grain table maps. */
    long tableCover() {
        return grainBytes() * tableEntries;
    }

    int tableBytes() {
        return tableEntries * Integer.BYTES;
    }

    long grains() {
        return (capacity - 1) / grainSize + 1;
    }

    /** Entries of the grain directory. */
    long directoryEntries() {
        return (grains() - 1) / tableEntries + 1;
    }

    ByteRange descriptor() {
        return new ByteRange(Sectors.bytes(descriptorOffset), Sectors.bytes(descriptorSize));
    }

    ByteRange directory() {
        return new ByteRange(Sectors.bytes(directoryOffset), directoryEntries() * Integer.BYTES);
    }
}
