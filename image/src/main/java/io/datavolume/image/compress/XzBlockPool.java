package io.datavolume.image.compress;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SingleXZInputStream;

/** Blocks that are decoded at the same time, and given back in the order of the file, within a budget of memory. */
final class XzBlockPool {

    /** What a decoder takes besides its dictionary. */
    private static final long DECODER = 256 * 1024;

    private record Job(Future<byte[]> content, long cost) {}

    private final Deque<Job> jobs = new ArrayDeque<>();
    private final ArrayCache cache = new BasicArrayCache();
    private final DecodeLimits limits;
    private @Nullable ExecutorService workers;
    private long used;
    private long delivering;

    XzBlockPool(DecodeLimits limits) {
        this.limits = limits;
    }

    /** Whether the block may be held in memory at all. */
    boolean fits(XzBlockHeader header) {
        long budget = Math.min(limits.memoryBytes(), Integer.MAX_VALUE - 64L * 1024);
        return limits.parallelism() > 1 && header.compressed() >= 0 && header.uncompressed() >= 0
                && header.compressed() <= budget && header.uncompressed() <= budget && cost(header) <= budget;
    }

    private static long cost(XzBlockHeader header) {
        return header.compressed() + header.uncompressed() + header.dictionary() + DECODER;
    }

    /** Whether the block, which {@link #fits}, may be added now; one more than there are threads, so that none idles. */
    boolean accepts(XzBlockHeader header) {
        return used == 0 || jobs.size() <= limits.parallelism() && used + cost(header) <= limits.memoryBytes();
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /** Reads a block that {@link #accepts} said yes to, and lets it be decoded. Gives its size without padding. */
    long add(Input input, XzBlockHeader header, int check) throws IOException {
        long unpadded = header.bytes().length + header.compressed() + XzFields.checkSize(check);
        byte[] start = XzFields.streamHeader(check);
        byte[] end = XzFields.end(check, unpadded, header.uncompressed());
        int head = start.length + header.bytes().length;
        int body = (int) (header.compressed() + 3 & ~3L) + XzFields.checkSize(check);
        byte[] stream = new byte[head + body + end.length];
        System.arraycopy(start, 0, stream, 0, start.length);
        System.arraycopy(header.bytes(), 0, stream, start.length, header.bytes().length);
        if (input.readNBytes(stream, head, body) < body) {
            throw new EOFException();
        }
        System.arraycopy(end, 0, stream, head + body, end.length);
        if (workers == null) {
            workers = Executors.newFixedThreadPool(limits.parallelism(),
                    Thread.ofPlatform().daemon().name("xz-", 0).factory());
        }
        used += cost(header);
        jobs.add(new Job(workers.submit(() -> decode(stream, header)), cost(header)));
        return unpadded;
    }

    private byte[] decode(byte[] stream, XzBlockHeader header) throws IOException {
        byte[] content = new byte[(int) header.uncompressed()];
        try (SingleXZInputStream block = new SingleXZInputStream(new ByteArrayInputStream(stream), -1, cache)) {
            int count = block.readNBytes(content, 0, content.length);
            // Only behind the last byte are the check and the sizes verified.
            if (count == content.length && block.read() < 0) {
                return content;
            }
        } catch (IOException | RuntimeException e) {
            throw Damage.damaged(Compression.XZ, header.offset(), String.valueOf(e.getMessage()),
                    "a block cannot be decoded");
        }
        throw Damage.damaged(Compression.XZ, header.offset(), content.length + " bytes",
                "a block has another size than its header says");
    }

    /** Waits for the first block; its memory counts as used until the next call. */
    byte[] take() throws IOException {
        release();
        Job job = jobs.remove();
        delivering = job.cost();
        try {
            return job.content().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for an xz block");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The block that was taken last is no longer needed. */
    void release() {
        used -= delivering;
        delivering = 0;
    }

    void close() {
        jobs.clear();
        if (workers != null) {
            workers.shutdownNow();
        }
    }
}
