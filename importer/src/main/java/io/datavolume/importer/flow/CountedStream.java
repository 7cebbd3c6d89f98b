package io.datavolume.importer.flow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows its place; one thread reads, another may ask. */
final class CountedStream extends FilterInputStream {

    private volatile long position;

    /** @param position of the first byte */
    CountedStream(InputStream in, long position) {
        super(in);
        this.position = position;
    }

    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        passed(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = in.read(bytes, offset, length);
        passed(n);
        return n;
    }

    @Override
    public long skip(long count) throws IOException {
        long n = in.skip(count);
        passed(n);
        return n;
    }

    /** Only the reading thread writes. */
    private void passed(long n) {
        position = position + Math.max(n, 0);
    }
}
