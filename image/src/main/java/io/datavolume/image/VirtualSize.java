package io.datavolume.image;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.ImageTooLargeException;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;

/** What every format demands of the virtual size that its header names. */
public final class VirtualSize {

    /** Unit of every virtual disk, in bytes. */
    public static final int SECTOR = 512;

    /** Largest size whose last sector still has a byte offset that fits a signed 64-bit number. */
    public static final long MAX = Long.MAX_VALUE - (SECTOR - 1);

    private VirtualSize() {}

    /**
     * Demands that the target can hold the virtual disk.
     *
     * @param size virtual size in bytes
     * @param capacity largest virtual size that the target holds, in bytes
     * @throws ImageTooLargeException when it cannot
     */
    public static void requireFits(long size, long capacity) throws ImageTooLargeException {
        if (size > capacity) {
            throw new ImageTooLargeException(tooLarge(size, capacity), size);
        }
    }

    /**
     * Demands that the target can hold as much of the virtual disk as has been seen.
     *
     * @param size bytes so far; how many come is not known
     * @param capacity largest virtual size that the target holds, in bytes
     * @throws NeedsUserException with {@link Reason#TOO_LARGE} when it cannot
     */
    public static void requireFitsSoFar(long size, long capacity) throws NeedsUserException {
        if (size > capacity) {
            throw new NeedsUserException(Reason.TOO_LARGE, tooLarge(size, capacity));
        }
    }

    private static String tooLarge(long size, long capacity) {
        return "Tried to place the image on the target: virtual image size " + size
                + " is larger than the reported available storage " + capacity + ". A larger PVC is required";
    }

    /**
     * Demands a size of at least one byte whose every sector can be addressed.
     *
     * @param report takes the result
     * @param check the format's own check of its virtual size
     * @param offset where the size stands in the image file
     * @param size virtual size in bytes as it was read; negative when the unsigned value passes 2<sup>63</sup>
     * @throws ImageRefusedException when it is 0 or cannot be addressed
     */
    public static void requireAddressable(SafetyReport report, SafetyCheck check, long offset, long size)
            throws ImageRefusedException {
        report.demand(check, size != 0, offset, 0, "the virtual size is 0, so there is no disk to import");
        report.demand(check, size > 0 && size <= MAX, offset, Long.toUnsignedString(size),
                "the virtual size is not addressable, at most " + MAX + " bytes are");
    }

    /** Smallest multiple of {@link #SECTOR} that holds this many bytes, at most {@link #MAX}. */
    public static long roundUpToSector(long size) {
        return Math.addExact(size, SECTOR - 1) / SECTOR * SECTOR;
    }
}
