package io.datavolume.image.vhd;

import io.datavolume.image.VirtualSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The footer of a VHD as it was read; nothing of it is checked but the cookie. It stands behind the disk and, in a
 * dynamic image, also at the beginning of the file
 * (<a href="https://www.microsoft.com/en-us/download/details.aspx?id=23850">Virtual Hard Disk Image Format
 * Specification</a>, "Hard Disk Footer Format").
 *
 * @param version 0x00010000 in all images known
 * @param headerOffset file offset of the dynamic disk header, in bytes; all ones in a fixed image
 * @param creator "creator application": four characters, blank where not printable
 * @param currentSize "current size" in bytes
 * @param geometry sectors that cylinders, heads and sectors per track make
 * @param type 2 fixed, 3 dynamic, 4 differencing
 * @param isIntact whether the checksum is right
 */
public record VhdFooter(int version, long headerOffset, String creator, long currentSize, long geometry, int type,
        boolean isIntact) {

    /** Bytes of a footer. */
    public static final int LENGTH = 512;

    /** The only version there is. */
    public static final int VERSION = 0x0001_0000;

    /** Type of an image that is the disk with a footer behind it. */
    public static final int FIXED = 2;

    static final int DYNAMIC = 3;
    static final int DIFFERENCING = 4;

    static final int AT_VERSION = 12;
    static final int AT_HEADER_OFFSET = 16;
    static final int AT_CURRENT_SIZE = 48;
    static final int AT_GEOMETRY = 56;
    static final int AT_TYPE = 60;
    static final int AT_CHECKSUM = 64;

    private static final long COOKIE = 0x636f6e6563746978L; // "conectix"
    private static final int AT_CREATOR = 28;
    private static final long MAX_GEOMETRY = 65535L * 16 * 255;

    /** Programs whose disks have the size that the footer names; all others mean the geometry, which may be less. */
    private static final Set<String> SIZE_IS_EXACT = Set.of("win ", "qem2", "d2v ", "tap ", "CTXS", "wa  ");

    /** Whether the bytes begin with the cookie of a footer, valid or not. */
    public static boolean hasCookie(ByteBuffer bytes) {
        return bytes.remaining() >= Long.BYTES && bytes.slice().order(ByteOrder.BIG_ENDIAN).getLong(0) == COOKIE;
    }

    /**
     * Reads a footer.
     *
     * @param bytes position to limit; neither is moved
     * @return empty unless there are 512 bytes or more that begin with the cookie
     */
    public static Optional<VhdFooter> read(ByteBuffer bytes) {
        if (bytes.remaining() < LENGTH || !hasCookie(bytes)) {
            return Optional.empty();
        }
        ByteBuffer b = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        long geometry = (long) Short.toUnsignedInt(b.getShort(AT_GEOMETRY)) * Byte.toUnsignedInt(b.get(AT_GEOMETRY + 2))
                * Byte.toUnsignedInt(b.get(AT_GEOMETRY + 3));
        return Optional.of(new VhdFooter(b.getInt(AT_VERSION), b.getLong(AT_HEADER_OFFSET), creator(b),
                b.getLong(AT_CURRENT_SIZE), geometry, b.getInt(AT_TYPE),
                b.getInt(AT_CHECKSUM) == checksum(b, LENGTH, AT_CHECKSUM)));
    }

    private static String creator(ByteBuffer b) {
        byte[] name = new byte[4];
        b.get(AT_CREATOR, name);
        return new String(name, StandardCharsets.US_ASCII).replaceAll("[^!-~]", " ");
    }

    /**
     * "Current size" in bytes of the fixed disk that a footer describes.
     *
     * @param footer the last 512 bytes of a file; position and limit stay
     * @return empty unless cookie, version, checksum and the type "fixed" are right and the size is positive
     */
    public static OptionalLong fixedDiskSize(ByteBuffer footer) {
        return read(footer)
                .filter(read -> footer.remaining() == LENGTH && read.version() == VERSION && read.type() == FIXED
                        && read.isIntact() && read.currentSize() > 0)
                .map(read -> OptionalLong.of(read.currentSize())).orElseGet(OptionalLong::empty);
    }

    /** One's complement of the sum of all bytes but the checksum itself. */
    static int checksum(ByteBuffer bytes, int length, int at) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            if (i < at || i >= at + Integer.BYTES) {
                sum += Byte.toUnsignedInt(bytes.get(i));
            }
        }
        return ~sum;
    }

    /** Whether the geometry decides the size; it does not where the disk is too large for it. */
    boolean sizeIsGeometry() {
        return geometry != MAX_GEOMETRY && !SIZE_IS_EXACT.contains(creator);
    }

    /** Virtual size in bytes, as QEMU reads it: unchecked, negative when the unsigned value passes 2<sup>63</sup>. */
    long diskSize() {
        return sizeIsGeometry()
                ? geometry * VirtualSize.SECTOR
                : currentSize & -VirtualSize.SECTOR;
    }
}
