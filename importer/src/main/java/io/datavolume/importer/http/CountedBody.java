package io.datavolume.importer.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.LongAdder;

/** A body whose bytes are counted as they are read. */
final class CountedBody extends InputStream implements ReadableByteChannel {

    private final HttpBody body;
    private final LongAdder received;

    CountedBody(HttpBody body, LongAdder received) {
        this.body = body;
        this.received = received;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = body.read(target);
        received.add(Math.max(0, count));
        return count;
    }

    @Override
    public boolean isOpen() {
        return body.isOpen();
    }

    @Override
    public void close() {
        body.close();
    }
}
