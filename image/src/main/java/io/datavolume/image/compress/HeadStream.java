package io.datavolume.image.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream whose first bytes have been looked at without being lost. */
final class HeadStream extends InputStream {

    private final InputStream stream;
    private final byte[] head;
    private int next;

    /** Reads up to {@code bytes} bytes ahead. */
    HeadStream(InputStream stream, int bytes) throws IOException {
        this.stream = stream;
        this.head = stream.readNBytes(bytes);
    }

    byte[] head() {
        return head.clone();
    }

    @Override
    public int read() throws IOException {
        return next < head.length ? head[next++] & 0xff : stream.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {

        Objects.checkFromIndexSize(offset, length, into.length);
        if (next == head.length) {
            return stream.read(into, offset, length);
        }
        int count = Math.min(length, head.length - next);
        System.arraycopy(head, next, into, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
