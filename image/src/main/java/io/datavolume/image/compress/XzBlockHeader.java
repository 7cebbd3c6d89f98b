package io.datavolume.image.compress;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Header of a block, section 3.1 of the .xz file format.
 *
 * @param bytes as read, with its size and CRC-32
 * @param offset where in the input it begins
 * @param compressed size of the compressed data in bytes, -1 if not said
 * @param uncompressed size of the content in bytes, -1 if not said
 * @param dictionary size of the LZMA2 dictionary in bytes
 */
record XzBlockHeader(byte[] bytes, long offset, long compressed, long uncompressed, long dictionary) {

    private static final int LZMA2 = 0x21;
    private static final int MAX_DICTIONARY = 40;
    /** The documented limit: the dictionary of the largest preset, -9. */
    static final long MAX_DICTIONARY_BYTES = 64L << 20;

    /** Reads it, when its first byte, which is not 0, was already read. */
    static XzBlockHeader read(Input input, int first, long offset) throws IOException {
        int size = (first + 1) * 4;
        byte[] bytes = new byte[size];
        bytes[0] = (byte) first;
        if (input.readNBytes(bytes, 1, size - 1) < size - 1) {
            throw new EOFException();
        }
        if (XzFields.crc(bytes, 0, size - 4) != XzFields.little(bytes, size - 4)) {
            throw damaged(offset, "CRC-32");
        }
        int flags = bytes[1] & 0xff;
        InputStream fields = new ByteArrayInputStream(bytes, 2, size - 6);
        try {
            long compressed = (flags & 0x40) != 0 ? variable(fields, offset) : -1;
            long uncompressed = (flags & 0x80) != 0 ? variable(fields, offset) : -1;
            long dictionary = -1;
            for (int i = 0; i <= (flags & 3); i++) {
                dictionary = filter(fields, offset);
            }
            // Where a block ends is told by LZMA2, so it must be the last filter, as the format demands.
            if (dictionary < 0 || (flags & 0x3c) != 0 || compressed == 0) {
                throw damaged(offset, "flags " + flags);
            }
            if (dictionary > MAX_DICTIONARY_BYTES) {
                throw Damage.memoryLimit(Compression.XZ, offset, dictionary, MAX_DICTIONARY_BYTES);
            }
            return new XzBlockHeader(bytes, offset, compressed, uncompressed, dictionary);
        } catch (EOFException e) {
            throw damaged(offset, "header size " + size);
        }
    }

    private static long filter(InputStream fields, long offset) throws IOException {
        long id = variable(fields, offset);
        long length = variable(fields, offset);
        if (length > fields.available()) {
            throw damaged(offset, "filter properties of " + length + " bytes");
        }
        byte[] properties = fields.readNBytes((int) length);
        if (id != LZMA2) {
            return -1;
        }
        if (length != 1 || properties[0] < 0 || properties[0] > MAX_DICTIONARY) {
            throw damaged(offset, "LZMA2 properties");
        }
        int bits = properties[0];
        return bits == MAX_DICTIONARY ? 0xffffffffL : (2L | bits & 1) << (bits / 2 + 11);
    }

    /** Section 1.2: at most nine bytes, the last is not 0 unless alone. */
    static long variable(InputStream fields, long offset) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = fields.read();
            if (octet < 0) {
                throw new EOFException();
            }
            value |= (octet & 0x7fL) << shift;
            if (octet < 0x80) {
                if (octet == 0 && shift > 0) {
                    break;
                }
                return value;
            }
        }
        throw damaged(offset, "integer");
    }

    private static IOException damaged(long offset, String value) {
        return Damage.damaged(Compression.XZ, offset, value, "a block header or index is invalid");
    }
}
