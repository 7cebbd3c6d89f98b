package io.datavolume.image.vdi;

import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a VDI image, version 1.1: checked values only. Field names and offsets follow {@code VDICore.h} of
 * <a href="https://www.virtualbox.org/svn/vbox/trunk/src/VBox/Storage/VDICore.h">VirtualBox</a>.
 *
 * @param fixed whether all blocks were stored when the image was made
 * @param mapOffset file offset of the block map, in bytes
 * @param dataOffset file offset of stored block 0, in bytes
 * @param diskSize virtual size in bytes, a multiple of 512
 * @param blockSize bytes in a block, a power of two
 * @param blocks entries of the block map
 * @param stored blocks that are stored in the file
 */
record VdiHeader(boolean fixed, long mapOffset, long dataOffset, long diskSize, int blockSize, int blocks, int stored) {

    static final int LENGTH = 512;

    private static final int SIGNATURE = 0xbeda107f;
    private static final int VERSION_1_1 = 0x0001_0001;
    private static final int PRE_HEADER = 72;
    private static final int LEAST_HEADER = 384;
    private static final int DYNAMIC = 1;
    private static final int FIXED = 2;
    private static final int SECTOR = 512;
    private static final int MIN_BLOCK = 1 << 20;
    private static final int MAX_BLOCK = 64 << 20;

    /** Keeps the bitmap of stored blocks within 16 MiB: 128 TiB of virtual size with the usual blocks of 1 MiB. */
    private static final long MAX_BLOCKS = 1L << 27;

    private static final int AT_SIGNATURE = 64;
    private static final int AT_VERSION = 68;
    private static final int AT_HEADER_SIZE = 72;
    private static final int AT_TYPE = 76;
    private static final int AT_MAP = 340;
    private static final int AT_DATA = 344;
    private static final int AT_SECTOR_SIZE = 360;
    private static final int AT_DISK_SIZE = 368;
    private static final int AT_BLOCK_SIZE = 376;
    private static final int AT_BLOCK_EXTRA = 380;
    private static final int AT_BLOCKS = 384;
    private static final int AT_STORED = 388;
    private static final int AT_LINK_UUID = 424;
    private static final int AT_PARENT_UUID = 440;

    /** Bytes of the block map. */
    long mapLength() {
        return (long) blocks * Integer.BYTES;
    }

    static VdiHeader read(ByteBuffer bytes, SafetyReport report) throws ImageRefusedException {
        ByteBuffer b = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        report.demand(VdiCheck.SIGNATURE, b.limit() >= LENGTH, 0, b.limit(), "the file ends inside the header");
        report.demand(VdiCheck.SIGNATURE, b.getInt(AT_SIGNATURE) == SIGNATURE, AT_SIGNATURE,
                hex(b.getInt(AT_SIGNATURE)), "this is not a VDI image");
        report.demand(VdiCheck.VERSION, b.getInt(AT_VERSION) == VERSION_1_1, AT_VERSION, hex(b.getInt(AT_VERSION)),
                "only version 1.1 is supported; clone the disk with a current VirtualBox");
        checkKind(b, report);
        return new VdiHeader(b.getInt(AT_TYPE) == FIXED, Integer.toUnsignedLong(b.getInt(AT_MAP)),
                Integer.toUnsignedLong(b.getInt(AT_DATA)), size(b, report), b.getInt(AT_BLOCK_SIZE),
                b.getInt(AT_BLOCKS), b.getInt(AT_STORED)).checked(headerEnd(b), report);
    }

    private static void checkKind(ByteBuffer b, SafetyReport report) throws ImageRefusedException {
        int type = b.getInt(AT_TYPE);
        report.check(VdiCheck.IMAGE_TYPE, type == DYNAMIC || type == FIXED, AT_TYPE, Integer.toUnsignedString(type),
                switch (type) {
                    case 3 -> "undo images are not supported";
                    case 4 -> "differencing images are not supported; merge it with its parent first";
                    default -> "the image type is not known";
                });
        report.check(VdiCheck.PARENT, isZero(b, AT_LINK_UUID), AT_LINK_UUID, hex(b.getInt(AT_LINK_UUID)),
                "the link UUID names another image; merge it with its parent first");
        report.check(VdiCheck.PARENT, isZero(b, AT_PARENT_UUID), AT_PARENT_UUID, hex(b.getInt(AT_PARENT_UUID)),
                "the parent UUID names another image; merge it with its parent first");
        report.check(VdiCheck.SECTOR_SIZE, b.getInt(AT_SECTOR_SIZE) == SECTOR, AT_SECTOR_SIZE,
                Integer.toUnsignedString(b.getInt(AT_SECTOR_SIZE)), "the sector size must be 512 bytes");
        int blockSize = b.getInt(AT_BLOCK_SIZE);
        report.check(VdiCheck.BLOCK_SIZE,
                blockSize >= MIN_BLOCK && blockSize <= MAX_BLOCK && Integer.bitCount(blockSize) == 1, AT_BLOCK_SIZE,
                Integer.toUnsignedString(blockSize), "the block size must be a power of two from 1 MiB to 64 MiB");
        report.check(VdiCheck.BLOCK_EXTRA, b.getInt(AT_BLOCK_EXTRA) == 0, AT_BLOCK_EXTRA,
                Integer.toUnsignedString(b.getInt(AT_BLOCK_EXTRA)), "extra data with each block is not supported");
        report.enforce();
    }

    /** VirtualBox can make disks of an odd size; what is missing to a whole sector reads as zeros. */
    private static long size(ByteBuffer b, SafetyReport report) throws ImageRefusedException {
        long size = b.getLong(AT_DISK_SIZE);
        report.demand(VdiCheck.VIRTUAL_SIZE, size > 0 && size <= Long.MAX_VALUE - SECTOR, AT_DISK_SIZE,
                Long.toUnsignedString(size), "the virtual size must be above 0 and addressable");
        return (size + SECTOR - 1) / SECTOR * SECTOR;
    }

    private static long headerEnd(ByteBuffer b) {
        return PRE_HEADER + Integer.toUnsignedLong(b.getInt(AT_HEADER_SIZE));
    }

    private VdiHeader checked(long headerEnd, SafetyReport report) throws ImageRefusedException {
        report.check(VdiCheck.HEADER_SIZE, headerEnd >= PRE_HEADER + LEAST_HEADER && headerEnd <= LENGTH,
                AT_HEADER_SIZE, headerEnd - PRE_HEADER, "the header must have 384 to 440 bytes");
        long needed = (diskSize - 1) / blockSize + 1;
        report.check(VdiCheck.BLOCK_COUNT, needed <= MAX_BLOCKS, AT_DISK_SIZE, needed,
                "the disk has more than " + MAX_BLOCKS + " blocks, its map would need too much memory");
        report.check(VdiCheck.BLOCK_COUNT, Integer.toUnsignedLong(blocks) == needed, AT_BLOCKS,
                Integer.toUnsignedString(blocks), "the block map must have " + needed + " entries");
        report.check(VdiCheck.BLOCK_COUNT, Integer.toUnsignedLong(stored) <= needed, AT_STORED,
                Integer.toUnsignedString(stored), "more blocks are stored than the disk has");
        report.check(VdiCheck.LAYOUT, mapOffset % SECTOR == 0 && mapOffset >= headerEnd, AT_MAP, mapOffset,
                "the block map must begin at a sector behind the header");
        report.check(VdiCheck.LAYOUT, dataOffset % SECTOR == 0 && dataOffset >= mapOffset + needed * Integer.BYTES,
                AT_DATA, dataOffset, "the data must begin at a sector behind the block map");
        report.enforce();
        return this;
    }

    private static boolean isZero(ByteBuffer b, int uuid) {
        return b.getLong(uuid) == 0 && b.getLong(uuid + Long.BYTES) == 0;
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
