package io.datavolume.image.decode;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A fixed number of buffers; taking one blocks while all are in use, which is the back-pressure of a driver.
 * A buffer that is larger than the pool's size may be lent as a replacement and is dropped on return.
 */
final class BufferPool {

    private final int size;
    private final boolean direct;
    private final BlockingQueue<ByteBuffer> free;

    BufferPool(int count, int size, boolean direct) {
        this.size = size;
        this.direct = direct;
        this.free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(allocate(size));
        }
    }

    /** @param length bytes needed; above the pool's size the memory is allocated for this one use */
    Lease take(int length) throws InterruptedIOException {
        try {
            ByteBuffer own = free.take();
            return new Lease(this, own, length <= size ? own.clear() : allocate(length));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a buffer");
        }
    }

    private ByteBuffer allocate(int bytes) {
        return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }

    /** A buffer in use; several tasks may share it, the last to release it gives it back. */
    static final class Lease {

        private final BufferPool pool;
        private final ByteBuffer own;
        private final ByteBuffer lent;
        private int users = 1;

        private Lease(BufferPool pool, ByteBuffer own, ByteBuffer lent) {
            this.pool = pool;
            this.own = own;
            this.lent = lent;
        }

        ByteBuffer buffer() {
            return lent;
        }

        synchronized void share() {
            users++;
        }

        synchronized void release() {
            users--;
            if (users == 0) {
                pool.free.add(own.clear());
            }
        }
    }
}
