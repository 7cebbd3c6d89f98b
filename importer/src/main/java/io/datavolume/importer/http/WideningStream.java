package io.datavolume.importer.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream that begins on one connection and goes on over several where that one is slow. A reader that is slow
 * itself does not count: only the time spent waiting for bytes is measured.
 */
final class WideningStream extends InputStream implements ReadableByteChannel {

    private static final long PERIOD = 1_000_000_000L;
    /** Bytes per second that one connection should bring: 100 MB/s. */
    private static final double SLOW = 100e6;

    private final HttpObject object;
    private final Retries retries;
    private final long length;
    private final int connections;
    private final ResumingStream single;
    private volatile @Nullable OrderedWindows windows;
    private volatile boolean closed;
    private boolean singleEnded;
    private long position;
    private long began = System.nanoTime();
    private long waited;
    private long bytes;

    WideningStream(HttpObject object, Retries retries, long offset, long length, int connections) {
        this.object = object;
        this.retries = retries;
        this.length = length;
        this.connections = connections;
        this.position = offset;
        this.single = new ResumingStream(object, retries, offset, OptionalLong.empty());
    }

    /** Whether an object is long enough for several connections. */
    static boolean isWorthwhile(long remaining, int connections) {
        return connections > 1 && remaining > 2L * OrderedWindows.size(connections);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        return read(ByteBuffer.wrap(target, offset, count));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        OrderedWindows wide = windows;
        if (!singleEnded) {
            long start = System.nanoTime();
            int count = single.read(target);
            if (count >= 0) {
                position += count;
                if (wide == null) {
                    measure(count, start, System.nanoTime());
                }
                return count;
            }
            singleEnded = true;
        }
        return wide == null ? -1 : wide.read(target);
    }

    private void measure(int count, long start, long now) {
        bytes += count;
        waited += now - start;
        if (now - began < PERIOD) {
            return;
        }
        boolean slow = waited > PERIOD / 2 && bytes * 1e9 / waited < SLOW;
        if (slow && isWorthwhile(length - position, connections)) {
            widen();
        }
        began = now;
        waited = 0;
        bytes = 0;
    }

    /** The connection that runs brings the first window. */
    private void widen() {
        long border = position + OrderedWindows.size(connections);
        single.endAt(border);
        OrderedWindows wide = new OrderedWindows(object, retries, border, length, connections);
        windows = wide;
        if (closed) {
            wide.close();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** May come from another thread; a waiting read then fails. */
    @Override
    public void close() {
        closed = true;
        single.close();
        OrderedWindows wide = windows;
        if (wide != null) {
            wide.close();
        }
    }
}
