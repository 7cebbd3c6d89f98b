package io.datavolume.importer.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The bytes from one offset to the object's end over several connections at once, delivered in order: adjacent
 * windows, of which as many are fetched ahead as there are connections. Memory is the windows' and no more.
 */
final class OrderedWindows implements Closeable {

    private static final int LARGEST = 8 << 20;
    private static final int MEMORY = 64 << 20;

    private final HttpObject object;
    private final Retries retries;
    private final long end;
    private final int size;
    private final ConcurrentLinkedDeque<Window> windows = new ConcurrentLinkedDeque<>();
    private long next;
    private volatile boolean closed;

    /**
     * Starts fetching.
     *
     * @param start first byte
     * @param end length of the object
     */
    OrderedWindows(HttpObject object, Retries retries, long start, long end, int connections) {
        this.object = object;
        this.retries = retries;
        this.next = start;
        this.end = end;
        this.size = size(connections);
        for (int i = 0; i < connections && next < end; i++) {
            add(new byte[size]);
        }
    }

    /** Bytes of one window: 8 MiB, less with many connections, so that all together stay within 64 MiB. */
    static int size(int connections) {
        return Math.min(LARGEST, MEMORY / connections);
    }

    private void add(byte[] buffer) {
        int length = (int) Math.min(size, end - next);
        Window window = new Window(new ResumingStream(object, retries, next, OptionalLong.of(next + length)), buffer,
                length).start();
        windows.add(window);
        next += length;
        if (closed) {
            window.close();
        }
    }

    /** Blocks; -1 at the end. */
    int read(ByteBuffer target) throws IOException {
        Window first = windows.peek();
        if (first == null) {
            return -1;
        }
        int count = first.read(target);
        if (first.isTaken()) {
            windows.remove();
            if (next < end) {
                add(first.buffer());
            }
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
        windows.forEach(Window::close);
    }
}
