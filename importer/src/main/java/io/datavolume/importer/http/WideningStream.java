package io.datavolume.importer.http;

import io.datavolume.image.decode.Widening;
import io.datavolume.importer.source.ChannelStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream that begins on one connection, goes on over several where {@link Widening} finds that they help, and
 * returns to one where they did not. A reader that is slow itself does not count.
 */
final class WideningStream extends ChannelStream {

    private final HttpObject object;
    private final Retries retries;
    private final long length;
    private final int window;
    private final Widening widening;
    private final LongSupplier clock;
    private volatile @Nullable ResumingStream single;
    private volatile @Nullable OrderedWindows windows;
    private volatile boolean closed;
    private int connections = 1;
    private long position;
    private long began;
    private long waited;
    private long receivedBefore;

    WideningStream(HttpObject object, Retries retries, long offset, long length, int most) {
        this(object, retries, offset, length, most, System::nanoTime);
    }

    /** @param clock nanoseconds since any moment */
    WideningStream(HttpObject object, Retries retries, long offset, long length, int most, LongSupplier clock) {
        this.object = object;
        this.retries = retries;
        this.length = length;
        this.window = OrderedWindows.size(length, most);
        this.widening = new Widening(1, most);
        this.clock = clock;
        this.began = clock.getAsLong();
        this.position = offset;
        this.receivedBefore = object.bytesReceived();
        this.single = new ResumingStream(object, retries, offset, OptionalLong.empty());
    }

    /** Over how many connections it reads now, as its reader sees it. */
    int connections() {
        return connections;
    }

    /**
     * Whether an object is long enough for several connections, and so is what remains of it after an offset.
     *
     * @param length bytes of the object
     */
    static boolean isWorthwhile(long length, long offset, int connections) {
        int window = OrderedWindows.size(length, connections);
        return connections > 1 && window > 0 && length - offset > 2L * window;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        long start = clock.getAsLong();
        int count = next(target);
        if (count > 0) {
            position += count;
            measure(start, clock.getAsLong());
        }
        return count;
    }

    private int next(ByteBuffer target) throws IOException {
        while (true) {
            ResumingStream one = single;
            OrderedWindows several = windows;
            int count = one != null ? one.read(target) : several != null ? several.read(target) : -1;
            if (count >= 0 || several == null) {
                return count;
            }
            if (one != null) {
                single = null;
                several.use(connections);
                closeIfClosed();
            } else if (position < length) {
                windows = null;
                single = new ResumingStream(object, retries, position, OptionalLong.empty());
                closeIfClosed();
            } else {
                return -1;
            }
        }
    }

    private void measure(long start, long now) {
        waited += now - start;
        if (now - began < Widening.PERIOD) {
            return;
        }
        // Not the bytes that were handed on, of which some had come earlier; and where one thread reads, all
        // connections wait while it waits.
        long received = object.bytesReceived();
        int wanted = widening.next(received - receivedBefore, now - began, waited * connections);
        receivedBefore = received;
        began = now;
        waited = 0;
        if (wanted > connections && length - position > 2L * window) {
            widen(wanted);
        } else if (wanted < connections) {
            narrow(wanted);
        }
    }

    private void widen(int wanted) {
        OrderedWindows several = windows;
        ResumingStream one = single;
        if (several == null && one != null) {
            // The connection that runs brings what comes before the first window.
            long border = position + window;
            one.endAt(border);
            several = new OrderedWindows(object, retries, border, length, window);
            windows = several;
        }
        if (several != null) {
            several.use(single == null ? wanted : wanted - 1);
            closeIfClosed();
        }
        connections = wanted;
    }

    private void narrow(int wanted) {
        OrderedWindows several = windows;
        if (several != null && wanted == 1) {
            several.endSoon();
        } else if (several != null) {
            several.use(wanted);
        }
        connections = wanted;
    }

    /** A close from another thread may not have seen what was opened meanwhile. */
    private void closeIfClosed() {
        if (closed) {
            close();
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
        ResumingStream one = single;
        OrderedWindows several = windows;
        if (one != null) {
            one.close();
        }
        if (several != null) {
            several.close();
        }
    }
}
