package io.datavolume.image.volume;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Positional reads and writes of a target, past the page cache where alignment allows and through it at the edges.
 * Only whole pages go past it: a page that two writers share is always written through the cache, so that
 * neither brings back what the other replaced. Thread-safe.
 */
final class TargetChannel implements Closeable {

    private static final int CHUNK = 1 << 20;
    /** aarch64 kernels may use pages of 64 KiB. */
    private static final int PAGE = System.getProperty("os.arch", "").equals("aarch64") ? 65536 : 4096;

    /** One buffer for all zeros that are written, made when the first is needed. */
    private static final class Zeros {
        static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(CHUNK + PAGE).alignedSlice(PAGE).slice(0, CHUNK)
                .asReadOnlyBuffer();
    }

    private final FileChannel buffered;
    private final @Nullable FileChannel direct;
    private final int smallestDirect;
    private final ArrayBlockingQueue<ByteBuffer> bounces = new ArrayBlockingQueue<>(2);
    private volatile boolean directWorks = true;

    /**
     * @param direct opened with {@link com.sun.nio.file.ExtendedOpenOption#DIRECT}, for blocks of at most one
     *               page, or null
     * @param smallestDirect shorter runs go through the cache, in bytes
     */
    TargetChannel(FileChannel buffered, @Nullable FileChannel direct, int smallestDirect) {
        this.buffered = buffered;
        this.direct = direct;
        this.smallestDirect = Math.max(PAGE, smallestDirect);
    }

    /** Alignment that direct writes need here, in bytes. */
    static int alignment() {
        return PAGE;
    }

    /** Writes the bytes at indexes {@code from} to {@code to}; the buffer's position and limit stay. */
    void write(long offset, ByteBuffer data, int from, int to) throws IOException {
        FileChannel past = directWorks ? direct : null;
        long start = offset + (-offset & (PAGE - 1));
        long end = (offset + to - from) & -(long) PAGE;
        if (past == null || end - start < smallestDirect) {
            throughCache(offset, data.duplicate().limit(to).position(from));
            return;
        }
        int head = from + (int) (start - offset);
        int tail = from + (int) (end - offset);
        throughCache(offset, data.duplicate().limit(head).position(from));
        pastCache(past, start, data.duplicate().limit(tail).position(head));
        throughCache(end, data.duplicate().limit(to).position(tail));
    }

    private void throughCache(long offset, ByteBuffer data) throws IOException {
        long at = offset;
        int limit = data.limit();
        while (data.position() < limit) {
            // The JDK copies heap memory to a direct buffer as large as the request, and keeps it.
            data.limit(data.isDirect() ? limit : Math.min(limit, data.position() + CHUNK));
            at += buffered.write(data, at);
        }
    }

    private void pastCache(FileChannel past, long offset, ByteBuffer data) throws IOException {
        boolean aligned = data.isDirect() && (MemorySegment.ofBuffer(data).address() & (PAGE - 1)) == 0;
        long at = offset;
        try {
            while (data.hasRemaining() && (at & (PAGE - 1)) == 0) {
                at += aligned ? past.write(data, at) : bounced(past, at, data);
            }
        } catch (IOException e) {
            if (!"Invalid argument".equals(e.getMessage())) {
                throw e;
            }
            // The device wants another alignment; what remains goes the ordinary way from now on.
            directWorks = false;
        }
        throughCache(at, data);
    }

    private int bounced(FileChannel past, long at, ByteBuffer data) throws IOException {
        ByteBuffer bounce = bounces.poll();
        if (bounce == null) {
            bounce = ByteBuffer.allocateDirect(CHUNK + PAGE).alignedSlice(PAGE);
        }
        int length = Math.min(CHUNK, data.remaining());
        bounce.clear().put(0, data, data.position(), length).limit(length);
        int done = past.write(bounce, at);
        data.position(data.position() + done);
        bounces.offer(bounce);
        return done;
    }

    void writeZeros(long offset, long length) throws IOException {
        for (long done = 0; done < length;) {
            int count = (int) Math.min(CHUNK - ((offset + done) & (PAGE - 1)), length - done);
            write(offset + done, Zeros.BUFFER, 0, count);
            done += count;
        }
    }

    /** Fills the buffer; bytes behind the end of a file read as zeros. */
    void read(long offset, ByteBuffer target) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int count = buffered.read(target, at);
            if (count < 0) {
                target.put(Zeros.BUFFER.duplicate().limit(Math.min(CHUNK, target.remaining())));
            } else {
                at += count;
            }
        }
    }

    /** Waits until everything is durable; one cache flush covers both channels. */
    void force() throws IOException {
        buffered.force(false);
    }

    FileChannel file() {
        return buffered;
    }

    @Override
    public void close() throws IOException {
        try (FileChannel first = direct) {
            buffered.close();
        }
    }
}
