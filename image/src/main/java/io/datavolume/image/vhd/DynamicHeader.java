package io.datavolume.image.vhd;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The dynamic disk header: checked values only (VHD specification, "Dynamic Disk Header Format").
 *
 * @param place where the header stands in the file
 * @param table where the block allocation table stands in the file
 * @param diskSize virtual size in bytes, a multiple of 512
 * @param blockSize bytes in a block, a power of two
 */
record DynamicHeader(ByteRange place, ByteRange table, long diskSize, int blockSize) {

    static final int LENGTH = 1024;

    private static final long COOKIE = 0x6378737061727365L; // "cxsparse"
    private static final int AT_TABLE = 16;
    private static final int AT_VERSION = 24;
    private static final int AT_ENTRIES = 28;
    private static final int AT_BLOCK_SIZE = 32;
    private static final int AT_CHECKSUM = 36;
    private static final int MAX_BLOCK = 256 << 20;
    private static final int ENTRIES_IN_SECTOR = VirtualSize.SECTOR / Integer.BYTES;

    /** Keeps the list of stored blocks within 16 MiB: 2040 GiB of virtual size with blocks of 512 KiB. */
    private static final long MAX_BLOCKS = 1L << 22;

    /** Table entries count sectors in 32 bits: nothing of an image lies further from its beginning. */
    private static final long MAX_OFFSET = VirtualSize.SECTOR * (1L << 32);

    /** Where the footer says the header is. */
    static ByteRange place(VhdFooter footer, SafetyReport report) throws ImageRefusedException {
        long offset = footer.headerOffset();
        report.demand(VhdCheck.HEADER, offset >= VhdFooter.LENGTH && offset < MAX_OFFSET, VhdFooter.AT_HEADER_OFFSET,
                Long.toUnsignedString(offset), "the header cannot stand there");
        return new ByteRange(offset, LENGTH);
    }

    static DynamicHeader read(ByteRange place, ByteBuffer bytes, VhdFooter footer, SafetyReport report)
            throws ImageRefusedException {
        ByteBuffer b = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        long at = place.start();
        report.demand(VhdCheck.HEADER, b.limit() >= LENGTH, at, b.limit(), "the file ends inside the header");
        report.demand(VhdCheck.HEADER, b.getLong(0) == COOKIE, at, hex(b.getLong(0)),
                "there is no dynamic disk header");
        report.demand(VhdCheck.HEADER_CHECKSUM,
                b.getInt(AT_CHECKSUM) == VhdFooter.checksum(b, LENGTH, AT_CHECKSUM), at + AT_CHECKSUM,
                hex(Integer.toUnsignedLong(b.getInt(AT_CHECKSUM))), "the header is damaged");
        report.check(VhdCheck.VERSION, b.getInt(AT_VERSION) == VhdFooter.VERSION, at + AT_VERSION,
                hex(Integer.toUnsignedLong(b.getInt(AT_VERSION))), "only version 1.0 of the header is supported");
        int blockSize = b.getInt(AT_BLOCK_SIZE);
        report.demand(VhdCheck.BLOCK_SIZE,
                blockSize >= VirtualSize.SECTOR && blockSize <= MAX_BLOCK && Integer.bitCount(blockSize) == 1,
                at + AT_BLOCK_SIZE, Integer.toUnsignedString(blockSize),
                "the block size must be a power of two from 512 bytes to 256 MiB");
        long entries = Integer.toUnsignedLong(b.getInt(AT_ENTRIES));
        checkEntries(entries, at + AT_ENTRIES, blockSize, footer, report);
        return new DynamicHeader(place, table(b.getLong(AT_TABLE), entries, place, report), footer.diskSize(),
                blockSize);
    }

    /**
     * The table may be longer than the virtual size needs by what the geometry cuts off the size, by the one entry
     * that QEMU adds, and by what fills its last sector.
     */
    private static void checkEntries(long entries, long at, int blockSize, VhdFooter footer, SafetyReport report)
            throws ImageRefusedException {
        long needed = blocks(footer.diskSize(), blockSize);
        long named = footer.currentSize() > 0 && footer.currentSize() <= VhdLayout.MAX_SIZE
                ? blocks(footer.currentSize(), blockSize)
                : needed;
        long allowed = (Math.max(needed, named) + ENTRIES_IN_SECTOR) / ENTRIES_IN_SECTOR * ENTRIES_IN_SECTOR;
        report.check(VhdCheck.TABLE_SIZE, needed <= MAX_BLOCKS && entries <= MAX_BLOCKS + ENTRIES_IN_SECTOR, at,
                Math.max(needed, entries), "more than " + MAX_BLOCKS + " blocks would need too much memory");
        report.check(VhdCheck.TABLE_SIZE, entries >= needed, at, entries,
                "the table is too short, the disk needs " + needed + " entries");
        report.check(VhdCheck.TABLE_SIZE, entries <= allowed, at, entries,
                "the table is too long, the disk needs " + needed + " entries");
        report.enforce();
    }

    private static long blocks(long size, int blockSize) {
        return (size - 1) / blockSize + 1;
    }

    private static ByteRange table(long offset, long entries, ByteRange place, SafetyReport report)
            throws ImageRefusedException {
        long at = place.start() + AT_TABLE;
        report.demand(VhdCheck.TABLE, offset >= VhdFooter.LENGTH && offset < MAX_OFFSET, at,
                Long.toUnsignedString(offset), "the block allocation table cannot stand there");
        ByteRange table = new ByteRange(offset, entries * Integer.BYTES);
        report.demand(VhdCheck.TABLE, table.start() >= place.end() || table.end() <= place.start(), at, offset,
                "the block allocation table overlaps the dynamic disk header");
        return table;
    }

    /** Bytes of the sector bitmap before each stored block. */
    int bitmapSize() {
        int bits = blockSize / VirtualSize.SECTOR;
        return Math.toIntExact(VirtualSize.roundUpToSector((bits + Byte.SIZE - 1) / Byte.SIZE));
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
