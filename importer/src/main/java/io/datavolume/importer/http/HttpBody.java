package io.datavolume.importer.http;

import io.datavolume.importer.source.ChannelStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, handed from the event loop to one blocking reader. The queue has no limit of its own,
 * since dropping or blocking on the event loop is not possible; instead the response is paused while more than the
 * high-water mark of bytes waits.
 */
public final class HttpBody extends ChannelStream {

    /** A rest up to this many bytes is cheaper to read than a new connection. */
    private static final long DRAIN = 64 << 10;
    private static final long DRAIN_MILLIS = 2000;

    private sealed interface Item {
        record Data(ByteBuf bytes) implements Item {}

        record End() implements Item {}

        record Failure(Throwable cause) implements Item {}
    }

    private final HttpClientResponse response;
    private final Context context;
    private final OptionalLong expected;
    private final Duration stall;
    private final long highWater;
    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean ended;
    private volatile long arrived;
    private @Nullable ByteBuf current;
    private @Nullable Item last;

    /** @param expected bytes that must come, where the server said so */
    private HttpBody(HttpClientResponse response, Context context, OptionalLong expected, Duration stall,
            long highWater) {
        this.response = response;
        this.context = context;
        this.expected = expected;
        this.stall = stall;
        this.highWater = highWater;
    }

    /** Takes over a response; on its event loop, before any of its body is delivered. */
    static HttpBody attach(HttpClientResponse response, Context context, OptionalLong expected, Duration stall,
            long highWater) {
        HttpBody body = new HttpBody(response, context, expected, stall, highWater);
        if (response.request().connection() instanceof HttpClientConnection connection) {
            ReceiveBuffers.use(connection.channelHandlerContext().channel());
        }
        response.exceptionHandler(body::failed);
        response.endHandler(nothing -> body.end());
        response.handler(body::arrived);
        return body;
    }

    private void arrived(Buffer buffer) {
        int length = buffer.length();
        arrived += length;
        if (closed.get()) {
            return;
        }
        long waiting = queued.addAndGet(length);
        ByteBuf bytes = ((BufferInternal) buffer).unwrap();
        if (ReceiveBuffers.isWasteful(bytes)) {
            ByteBuf copy = Unpooled.copiedBuffer(bytes);
            bytes.release();
            bytes = copy;
        }
        queue.add(new Item.Data(bytes));
        if (waiting > highWater) {
            paused.set(true);
            response.pause();
            // the reader may have emptied the queue before it could see the flag
            if (queued.get() <= highWater / 2 && paused.compareAndSet(true, false)) {
                response.resume();
            }
        }
    }

    private void end() {
        ended = true;
        if (expected.isPresent() && arrived != expected.getAsLong()) {
            queue.add(new Item.Failure(new EOFException(
                    "the body ended after " + arrived + " of " + expected.getAsLong() + " bytes")));
        } else {
            queue.add(new Item.End());
        }
    }

    private void failed(Throwable cause) {
        ended = true;
        queue.add(new Item.Failure(cause));
    }

    /**
     * @throws StalledException when no byte comes within the stall timeout
     * @throws IOException when the connection breaks, or the body ends before its stated length
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        ByteBuf bytes = next();
        if (bytes == null) {
            return -1;
        }
        int count = Math.min(target.remaining(), bytes.readableBytes());
        int limit = target.limit();
        target.limit(target.position() + count);
        bytes.readBytes(target);
        target.limit(limit);
        if (!bytes.isReadable()) {
            bytes.release();
            current = null;
        }
        if (queued.addAndGet(-count) <= highWater / 2 && paused.compareAndSet(true, false)) {
            context.runOnContext(nothing -> response.resume());
        }
        return count;
    }

    private @Nullable ByteBuf next() throws IOException {
        ByteBuf bytes = current;
        while (bytes == null) {
            if (closed.get()) {
                throw new IOException("the response is closed");
            }
            Item item = last == null ? take() : last;
            switch (item) {
                case Item.Data data -> bytes = data.bytes();
                case Item.End end -> {
                    last = item;
                    return null;
                }
                case Item.Failure failure -> {
                    last = item;
                    throw new IOException("the connection broke after " + arrived + " bytes of the body: "
                            + HttpFailures.text(failure.cause()), failure.cause());
                }
            }
        }
        current = bytes;
        return bytes;
    }

    private Item take() throws IOException {
        try {
            Item item = queue.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
            if (item == null) {
                throw new StalledException("byte", stall);
            }
            return item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while reading").initCause(e);
        }
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    /** Gives up the rest: a small one is drained so that the connection can be used again, else it is cut. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (Item item = queue.poll(); item != null; item = queue.poll()) {
            if (item instanceof Item.Data data) {
                data.bytes().release();
            }
        }
        queue.add(new Item.Failure(new IOException("closed")));
        if (ended) {
            return;
        }
        context.runOnContext(nothing -> {
            if (ended) {
                return;
            }
            if (expected.isPresent() && expected.getAsLong() - arrived <= DRAIN) {
                response.resume();
                context.owner().setTimer(DRAIN_MILLIS, timer -> cut());
            } else {
                cut();
            }
        });
    }

    private void cut() {
        if (!ended) {
            response.request().reset();
        }
    }
}
