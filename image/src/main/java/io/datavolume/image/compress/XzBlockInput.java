package io.datavolume.image.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * One block, passed through from the input as a complete .xz stream. The end of the block is found by walking over
 * its LZMA2 chunks, so it need not be told by the header.
 */
final class XzBlockInput extends InputStream {

    private final Input input;
    private final XzBlockHeader header;
    private final int check;
    private byte[] pending;
    private int next;
    private int chunkLeft;
    private boolean last;
    private long compressed;
    private long uncompressed;

    XzBlockInput(Input input, XzBlockHeader header, int check) {
        this.input = input;
        this.header = header;
        this.check = check;
        byte[] start = XzFields.streamHeader(check);
        pending = Arrays.copyOf(start, start.length + header.bytes().length);
        System.arraycopy(header.bytes(), 0, pending, start.length, header.bytes().length);
    }

    /** Bytes of the block without padding, as the index wants it; right once the stream has ended. */
    long unpadded() {
        return header.bytes().length + compressed + XzFields.checkSize(check);
    }

    /** Bytes of the content; right once the stream has ended. */
    long uncompressed() {
        return uncompressed;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == pending.length && chunkLeft == 0) {
            if (last) {
                return -1;
            }
            nextChunk();
        }
        if (next < pending.length) {
            int count = Math.min(length, pending.length - next);
            System.arraycopy(pending, next, into, offset, count);
            next += count;
            return count;
        }
        int count = input.read(into, offset, Math.min(length, chunkLeft));
        if (count < 0) {
            throw new EOFException();
        }
        chunkLeft -= count;
        return count;
    }

    /** Control bytes of LZMA2: 0 the end, 1 and 2 stored, from 0x80 LZMA, from 0xc0 with new properties. */
    private void nextChunk() throws IOException {
        int control = input.octet();
        next = 0;
        if (control == 0) {
            compressed++;
            int padding = (int) (-compressed & 3);
            byte[] tail = input.exactly(padding + XzFields.checkSize(check));
            byte[] end = XzFields.end(check, unpadded(), uncompressed);
            pending = new byte[1 + tail.length + end.length];
            System.arraycopy(tail, 0, pending, 1, tail.length);
            System.arraycopy(end, 0, pending, 1 + tail.length, end.length);
            last = true;
            return;
        }
        if (control > 2 && control < 0x80) {
            throw Damage.damaged(Compression.XZ, input.position(), "control byte " + control,
                    "an LZMA2 chunk is of no known kind");
        }
        int size = control < 0x80 ? 3 : control < 0xc0 ? 5 : 6;
        byte[] fields = input.exactly(size - 1);
        pending = new byte[size];
        pending[0] = (byte) control;
        System.arraycopy(fields, 0, pending, 1, size - 1);
        int content = big(pending, 1) + 1;
        if (control >= 0x80) {
            content += (control & 0x1f) << 16;
            chunkLeft = big(pending, 3) + 1;
        } else {
            chunkLeft = content;
        }
        compressed += size + chunkLeft;
        uncompressed += content;
    }

    private static int big(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }
}
