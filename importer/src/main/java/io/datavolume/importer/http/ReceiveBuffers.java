package io.datavolume.importer.http;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Memory that a socket is read into. The client copies what comes in Netty's pooled buffers to the heap, since a
 * handler may forget to release them; these are collected like any object when one is forgotten, and are handed on
 * as they are. Thread-safe.
 */
final class ReceiveBuffers extends AbstractByteBufAllocator {

    /** Bytes of one read at most; that is where Netty stops asking for more. */
    private static final int SIZE = 64 << 10;
    /** Heads and handshakes are smaller. */
    private static final int SMALLEST = 8 << 10;

    /** Kept for the next reads: as much as waits for a reader at most, see the high-water mark. */
    private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(16);
    private final ByteBufAllocator others;
    private volatile boolean closed;

    /** @param others for what is not read from the socket */
    private ReceiveBuffers(ByteBufAllocator others) {
        super(true);
        this.others = others;
    }

    /** From the next read of this channel on; once is enough. */
    static void use(Channel channel) {
        ChannelConfig config = channel.config();
        if (!(config.getAllocator() instanceof ReceiveBuffers)) {
            ReceiveBuffers buffers = new ReceiveBuffers(config.getAllocator());
            config.setAllocator(buffers);
            // The client holds on to closed connections, for as long as one may take to be made.
            channel.closeFuture().addListener(end -> buffers.close());
        }
    }

    private void close() {
        closed = true;
        free.clear();
    }

    /** Whether so little came (a TLS record, the end) that it is better copied than keeps a whole buffer. */
    static boolean isWasteful(ByteBuf bytes) {
        return bytes.isDirect() && bytes.readableBytes() < SIZE / 2;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return others.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (initialCapacity < SMALLEST || initialCapacity > SIZE) {
            return others.directBuffer(initialCapacity, maxCapacity);
        }
        ByteBuffer memory = free.poll();
        return new Received(memory == null ? ByteBuffer.allocateDirect(SIZE) : memory, initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    private final class Received extends UnpooledDirectByteBuf {

        private final ByteBuffer memory;

        Received(ByteBuffer memory, int capacity, int maxCapacity) {
            super(ReceiveBuffers.this, memory.slice(0, capacity), maxCapacity);
            clear();
            this.memory = memory;
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            if (!closed) {
                free.offer(memory);
            }
        }
    }
}
