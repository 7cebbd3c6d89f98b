package io.datavolume.image.compress;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The head of a frame, <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1">RFC 8878, 3.1</a>.
 *
 * @param skippable whether it holds no data of the content
 * @param size all bytes of a skippable frame; 0 for others
 */
record ZstdFrame(boolean skippable, long size) {

    static final int MAGIC = 0xFD2FB528;
    static final int SKIPPABLE = 0x184D2A50;
    static final int MAX_HEADER = 18;

    /** Refuses what is no frame, wants a dictionary, or a window above 128 MiB. */
    static ZstdFrame parse(byte[] head, long offset, boolean first) throws IOException {
        if (head.length < 4) {
            throw first ? new EOFException() : Damage.trailingGarbage(Compression.ZSTD, offset);
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int magic = bytes.getInt();
        if ((magic & ~0xf) == SKIPPABLE) {
            need(bytes, 4);
            return new ZstdFrame(true, 8 + Integer.toUnsignedLong(bytes.getInt()));
        }
        if (magic != MAGIC) {
            throw first
                    ? Damage.damaged(Compression.ZSTD, offset, "other magic", "this is no zstd frame")
                    : Damage.trailingGarbage(Compression.ZSTD, offset);
        }
        need(bytes, 1);
        int descriptor = bytes.get() & 0xff;
        boolean single = (descriptor & 0x20) != 0;
        long window = 0;
        if (!single) {
            need(bytes, 1);
            int value = bytes.get() & 0xff;
            long base = 1L << (10 + (value >>> 3));
            window = base + base / 8 * (value & 7);
        }
        int idSize = new int[]{0, 1, 2, 4}[descriptor & 3];
        if (little(bytes, idSize) != 0) {
            throw Damage.refused(Compression.ZSTD, "dictionary", offset, "dictionary id",
                    "the frame needs a dictionary; compress it without");
        }
        if (single) {
            int sizeBytes = new int[]{1, 2, 4, 8}[descriptor >>> 6];
            window = little(bytes, sizeBytes) + (sizeBytes == 2 ? 256 : 0);
        }
        long limit = 1L << ZstdStage.MAX_WINDOW_LOG;
        if (Long.compareUnsigned(window, limit) > 0) {
            throw Damage.memoryLimit(Compression.ZSTD, offset, window, limit);
        }
        return new ZstdFrame(false, 0);
    }

    private static long little(ByteBuffer bytes, int count) throws IOException {
        need(bytes, count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes.get() & 0xffL) << (8 * i);
        }
        return value;
    }

    private static void need(ByteBuffer bytes, int count) throws IOException {
        if (bytes.remaining() < count) {
            throw new EOFException();
        }
    }
}
