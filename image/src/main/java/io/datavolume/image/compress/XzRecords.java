package io.datavolume.image.compress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The blocks of a stream so far, to be compared with its index. Kept as a chain of digests: constant in size, and
 * fit to be saved in a restart point.
 */
final class XzRecords {

    private static final int DIGEST = 32;

    private long count;
    private byte[] chain;

    XzRecords() {
        this(0, new byte[DIGEST]);
    }

    private XzRecords(long count, byte[] chain) {
        this.count = count;
        this.chain = chain;
    }

    /** Reads what {@link #save} wrote. */
    static XzRecords restore(ByteBuffer state) {
        long count = state.getLong();
        byte[] chain = new byte[DIGEST];
        state.get(chain);
        return new XzRecords(count, chain);
    }

    byte[] save(int check) {
        return ByteBuffer.allocate(1 + Long.BYTES + DIGEST).put((byte) check).putLong(count).put(chain).array();
    }

    void add(long unpadded, long uncompressed) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(chain);
            sha.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(unpadded).putLong(uncompressed).flip());
            chain = sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        count++;
    }

    /** Reads the index behind its first byte, section 4, and the footer. */
    void verify(Input input, int check, long offset) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(0);
        CheckedInputStream fields = new CheckedInputStream(input, crc);
        long stored = XzBlockHeader.variable(fields, offset);
        if (stored != count) {
            throw damaged(offset, stored + " blocks, not " + count);
        }
        XzRecords index = new XzRecords();
        for (long i = 0; i < stored; i++) {
            long unpadded = XzBlockHeader.variable(fields, offset);
            index.add(unpadded, XzBlockHeader.variable(fields, offset));
        }
        if (!MessageDigest.isEqual(index.chain, chain)) {
            throw damaged(offset, "sizes of blocks");
        }
        while ((input.position() - offset) % 4 != 0) {
            int padding = input.octet();
            crc.update(padding);
            if (padding != 0) {
                throw damaged(offset, "padding");
            }
        }
        int expected = (int) crc.getValue();
        if (XzFields.little(input.exactly(4), 0) != expected) {
            throw damaged(offset, "CRC-32");
        }
        long size = input.position() - offset;
        XzFields.streamFooter(input.exactly(XzFields.STREAM_FOOTER), check, size, input.position());
    }

    private static IOException damaged(long offset, String value) {
        return Damage.damaged(Compression.XZ, offset, value, "the index is not that of the blocks");
    }
}
