package io.datavolume.image.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The compressed side of a stage: buffered, counted, and able to tell trouble of the upstream from damage of the
 * data.
 */
final class Input extends InputStream {

    static final int BUFFER = 64 * 1024;
    /** Most zeros that count as padding: inside another compression they cost a thousandth to send. */
    static final long MAX_PADDING = 16L << 30;

    private final InputStream upstream;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;
    /** Offset in the upstream of {@code buffer[limit]}. */
    private long end;
    private boolean ended;
    private @Nullable IOException failure;

    /** @param offset where in the upstream its first byte lies */
    Input(InputStream upstream, long offset) {
        this.upstream = upstream;
        this.end = offset;
    }

    /** Offset in the upstream of the next byte. */
    long position() {
        return end - (limit - next);
    }

    /** What the upstream threw, so that it is not mistaken for damage. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether the upstream has said that nothing follows. */
    boolean ended() {
        return ended;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Index in {@link #buffer()} of the next byte. */
    int next() {
        return next;
    }

    int buffered() {
        return limit - next;
    }

    void consume(int count) {
        next += Objects.checkIndex(count, buffered() + 1);
    }

    /** Takes back the last {@code count} bytes that were consumed from the buffer. */
    void unread(int count) {
        next -= Objects.checkIndex(count, next + 1);
    }

    /** Makes sure that a byte is buffered; false at the end. */
    boolean fill() throws IOException {
        return fill(1);
    }

    /** Makes sure that {@code count} bytes are buffered; false if the input ends before. */
    boolean fill(int count) throws IOException {
        while (buffered() < count) {
            if (next == limit) {
                next = 0;
                limit = 0;
            } else if (next + count > BUFFER) {
                System.arraycopy(buffer, next, buffer, 0, buffered());
                limit -= next;
                next = 0;
            }
            int got = fetch(buffer, limit, BUFFER - limit);
            if (got < 0) {
                return false;
            }
            limit += got;
        }
        return true;
    }

    private int fetch(byte[] into, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        try {
            int got = upstream.read(into, offset, length);
            if (got == 0) {
                int single = upstream.read();
                if (single >= 0) {
                    into[offset] = (byte) single;
                }
                got = single < 0 ? -1 : 1;
            }
            if (got < 0) {
                ended = true;
                return -1;
            }
            end += got;
            return got;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (next == limit && length >= BUFFER) {
            return fetch(into, offset, length);
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffered());
        System.arraycopy(buffer, next, into, offset, count);
        next += count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long left = count;
        while (left > 0 && fill()) {
            int step = (int) Math.min(left, buffered());
            next += step;
            left -= step;
        }
        return Math.max(0, count) - Math.max(0, left);
    }

    /** Reads exactly {@code count} bytes. */
    byte[] exactly(int count) throws IOException {
        byte[] bytes = new byte[count];
        if (readNBytes(bytes, 0, count) < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Reads one byte that must be there. */
    int octet() throws IOException {
        int value = read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    /** Reads zeros up to the end; false at the first other byte, which is left unread, and at more than is padding. */
    boolean onlyZerosLeft() throws IOException {
        long start = position();
        while (fill()) {
            if (position() - start > MAX_PADDING) {
                return false;
            }
            for (; next < limit; next++) {
                if (buffer[next] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}
