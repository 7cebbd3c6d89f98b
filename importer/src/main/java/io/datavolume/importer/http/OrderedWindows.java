package io.datavolume.importer.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The bytes of one object from an offset on over several connections at once, delivered in order: adjacent windows,
 * of which as many are fetched ahead as there are connections. Memory is the windows' and no more.
 */
final class OrderedWindows implements Closeable {

    private static final int SMALLEST = 256 << 10;
    private static final int LARGEST = 8 << 20;
    private static final int MEMORY = 64 << 20;
    /** What was fetched ahead is lost with the process, and read again: at most two percent of the object. */
    private static final int PART_AHEAD = 50;

    private final HttpObject object;
    private final Retries retries;
    private final int size;
    private final ConcurrentLinkedDeque<Window> windows = new ConcurrentLinkedDeque<>();
    private int connections;
    private long end;
    private long next;
    private volatile boolean closed;

    /**
     * @param start first byte
     * @param end length of the object
     * @param size bytes of one window, see {@link #size}
     */
    OrderedWindows(HttpObject object, Retries retries, long start, long end, int size) {
        this.object = object;
        this.retries = retries;
        this.next = start;
        this.end = end;
        this.size = size;
    }

    /**
     * Bytes of one window: 8 MiB, less with many connections, so that all together stay within 64 MiB, and less of
     * a small object, so that all together stay within a small part of it. 0 where that leaves too little to ask for.
     *
     * @param length bytes of the object
     * @param connections at most
     */
    static int size(long length, int connections) {
        long size = Math.min(length / PART_AHEAD, MEMORY) / connections;
        return size < SMALLEST ? 0 : (int) Math.min(LARGEST, size);
    }

    /** Fetches over this many connections from now on. */
    void use(int count) {
        connections = count;
        for (int open = windows.size(); open < connections && next < end; open++) {
            add(new byte[size]);
        }
    }

    /** Begins no further window; where the last one ends, the stream ends. */
    void endSoon() {
        end = next;
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
            if (next < end && windows.size() < connections) {
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
