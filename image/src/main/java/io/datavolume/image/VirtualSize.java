package io.datavolume.image;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;

/** Checks of a virtual size, in bytes, as every format makes them when its header is read. */
public final class VirtualSize {

    private static final int SECTOR = 512;

    private VirtualSize() {}

    /** @throws NeedsUserException with {@link Reason#TOO_LARGE} when the disk does not fit the target */
    public static void requireFits(long size, long capacity) throws NeedsUserException {
        if (size > capacity) {
            throw new NeedsUserException(Reason.TOO_LARGE,
                    "virtual image size " + size + " is larger than the reported available storage " + capacity
                            + ". A larger PVC is required");
        }
    }

    /** @throws NeedsUserException with {@link Reason#REFUSED_IMAGE} when the size is 0 or cannot be addressed */
    public static void requireAddressable(long size) throws NeedsUserException {
        if (size <= 0 || size > Long.MAX_VALUE - SECTOR) {
            throw new NeedsUserException(Reason.REFUSED_IMAGE,
                    "the image states a virtual size of " + Long.toUnsignedString(size) + " bytes, which no disk has");
        }
    }

    /** Rounds up to whole sectors of 512 bytes, as disks are made of. */
    public static long roundToSector(long size) {
        return Math.addExact(size, SECTOR - 1) / SECTOR * SECTOR;
    }
}
