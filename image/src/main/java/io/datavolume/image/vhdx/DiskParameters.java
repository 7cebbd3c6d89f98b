package io.datavolume.image.vhdx;

import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;

/**
 * What the metadata items say of the disk ([MS-VHDX] 2.6.2).
 *
 * @param blockSize bytes in a block, a power of two
 * @param fixed whether blocks stay allocated
 * @param diskSize virtual size in bytes, a multiple of the logical sector size
 * @param logicalSector bytes, 512 or 4096
 */
record DiskParameters(int blockSize, boolean fixed, long diskSize, int logicalSector) {

    private static final long MAX_SIZE = 64L << 40;
    private static final int MAX_BLOCK = 256 << 20;
    private static final long SECTORS_IN_CHUNK = 1L << 23;
    private static final int KEEP_ALLOCATED = 1;
    private static final int HAS_PARENT = 2;

    /** Checks the items; {@code at} is where the metadata region begins. */
    static DiskParameters of(long fileParameters, long size, int logical, int physical, long at, SafetyReport report)
            throws ImageRefusedException {
        int blockSize = (int) fileParameters;
        int flags = (int) (fileParameters >>> Integer.SIZE);
        report.check(VhdxCheck.PARENT, (flags & HAS_PARENT) == 0, at, flags,
                "differencing images are not supported; merge it with its parent first");
        report.check(VhdxCheck.BLOCK_SIZE,
                blockSize >= Fields.MEGABYTE && blockSize <= MAX_BLOCK && Integer.bitCount(blockSize) == 1, at,
                Integer.toUnsignedString(blockSize), "the block size must be a power of two from 1 MiB to 256 MiB");
        report.check(VhdxCheck.SECTOR_SIZE, isSector(logical), at, Integer.toUnsignedString(logical),
                "the logical sector size must be 512 or 4096 bytes");
        report.check(VhdxCheck.SECTOR_SIZE, isSector(physical), at, Integer.toUnsignedString(physical),
                "the physical sector size must be 512 or 4096 bytes");
        report.enforce();
        report.demand(VhdxCheck.VIRTUAL_SIZE, size > 0 && size <= MAX_SIZE && size % logical == 0, at,
                Long.toUnsignedString(size),
                "the virtual size must be above 0, at most " + MAX_SIZE + " bytes and of whole sectors");
        return new DiskParameters(blockSize, (flags & KEEP_ALLOCATED) != 0, size, logical);
    }

    private static boolean isSector(int size) {
        return size == 512 || size == 4096;
    }

    /** Blocks of the disk. */
    long blocks() {
        return (diskSize - 1) / blockSize + 1;
    }

    /** Blocks whose entries stand before one entry of a sector bitmap. */
    long chunkRatio() {
        return SECTORS_IN_CHUNK * logicalSector / blockSize;
    }

    /** Entries of the table, those of sector bitmaps between blocks among them. */
    long entries() {
        return blocks() + (blocks() - 1) / chunkRatio();
    }
}
