package io.datavolume.image.compress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * Fields of the <a href="https://tukaani.org/xz/xz-file-format.txt">.xz file format</a>, read with a running CRC-32
 * and written for blocks that are wrapped to be decoded alone.
 */
final class XzFields {

    static final int STREAM_HEADER = 12;
    static final int STREAM_FOOTER = 12;
    private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int MAX_CHECK = 15;

    private XzFields() {}

    /** Section 2.1.1; gives the type of check, 0 to 15. */
    static int streamHeader(byte[] header, long offset, boolean first) throws IOException {
        for (int i = 0; i < MAGIC.length; i++) {
            if (header[i] != MAGIC[i]) {
                throw first
                        ? Damage.damaged(Compression.XZ, offset, "other magic", "this is no xz stream")
                        : Damage.trailingGarbage(Compression.XZ, offset);
            }
        }
        int check = header[7] & 0xff;
        if (header[6] != 0 || check > MAX_CHECK || crc(header, 6, 2) != little(header, 8)) {
            throw Damage.damaged(Compression.XZ, offset, "check " + check, "the stream header is invalid");
        }
        return check;
    }

    static byte[] streamHeader(int check) {
        byte[] header = new byte[STREAM_HEADER];
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[7] = (byte) check;
        little(header, 8, crc(header, 6, 2));
        return header;
    }

    /** Bytes of a check of this type, section 2.1.1.2. */
    static int checkSize(int check) {
        return check == 0 ? 0 : 4 << (check - 1) / 3;
    }

    /** Section 2.1.2. */
    static void streamFooter(byte[] footer, int check, long indexSize, long offset) throws IOException {
        long backward = (Integer.toUnsignedLong(little(footer, 4)) + 1) * 4;
        if (footer[10] != 'Y' || footer[11] != 'Z' || footer[8] != 0 || footer[9] != check
                || crc(footer, 4, 6) != little(footer, 0) || backward != indexSize) {
            throw Damage.damaged(Compression.XZ, offset, "backward size " + backward, "the stream footer is invalid");
        }
    }

    /** Index of one block, and footer: sections 4 and 2.1.2. */
    static byte[] end(int check, long unpadded, long uncompressed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(1);
        variable(bytes, unpadded);
        variable(bytes, uncompressed);
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
        int size = bytes.size() + 4;
        byte[] all = java.util.Arrays.copyOf(bytes.toByteArray(), size + STREAM_FOOTER);
        little(all, size - 4, crc(all, 0, size - 4));
        little(all, size + 4, size / 4 - 1);
        all[size + 9] = (byte) check;
        all[size + 10] = 'Y';
        all[size + 11] = 'Z';
        little(all, size, crc(all, size + 4, 6));
        return all;
    }

    private static void variable(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            bytes.write((int) rest & 0x7f | 0x80);
        }
        bytes.write((int) rest);
    }

    static int crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static int little(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private static void little(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
