package io.datavolume.importer.http;

import io.datavolume.importer.source.ChannelStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** A body whose bytes are counted as they are read. */
final class CountedBody extends ChannelStream {

    private final HttpBody body;
    private final LongAdder received;

    CountedBody(HttpBody body, LongAdder received) {
        this.body = body;
        this.received = received;
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
