package io.datavolume.image.vhdx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/** How VHDX stores numbers, identifiers and checksums. */
final class Fields {

    /** Unit of all structures of the file, in bytes. */
    static final int MEGABYTE = 1 << 20;

    /** Everywhere the checksum follows the signature of four bytes. */
    private static final int AT_CHECKSUM = 4;

    private static final byte[] NO_CHECKSUM = new byte[Integer.BYTES];

    private Fields() {}

    /** The same bytes, little endian. */
    static ByteBuffer of(ByteBuffer bytes) {
        return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A GUID: its first three numbers are little endian. */
    static UUID guid(ByteBuffer b, int at) {
        long high = Integer.toUnsignedLong(b.getInt(at)) << 32 | Short.toUnsignedLong(b.getShort(at + 4)) << 16
                | Short.toUnsignedLong(b.getShort(at + 6));
        return new UUID(high, Long.reverseBytes(b.getLong(at + 8)));
    }

    /** Adds the first bytes of a structure, its checksum taken as zeros. */
    static void updateFirst(CRC32C crc, ByteBuffer b) {
        crc.update(b.slice(0, AT_CHECKSUM));
        crc.update(NO_CHECKSUM);
        crc.update(b.slice(AT_CHECKSUM + Integer.BYTES, b.limit() - AT_CHECKSUM - Integer.BYTES));
    }

    /** The checksum that a structure names. */
    static int checksum(ByteBuffer b) {
        return b.getInt(AT_CHECKSUM);
    }

    /** Whether the whole structure has the checksum that it names. */
    static boolean isIntact(ByteBuffer b) {
        CRC32C crc = new CRC32C();
        updateFirst(crc, b);
        return (int) crc.getValue() == checksum(b);
    }
}
