package io.datavolume.image.compress;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SingleXZInputStream;

/**
 * Blocks that are decoded at the same time and given back in the order of the file, piece by piece, within a budget
 * of memory. The first block may always go on, so a small budget makes decoding slow but never stops it.
 */
final class XzBlockPool {

    /** What a decoder takes besides its dictionary. */
    private static final long DECODER = 256 * 1024;
    private static final int PIECE = 1 << 20;
    /** Pieces that the first block may have waiting, whatever the others hold. */
    private static final int FIRST_AHEAD = 4;

    /** A decoded piece; its length is that of the array or, at the end of a block, less. */
    record Piece(byte[] bytes, int length) {}

    private static final class Job {

        final XzBlockHeader header;
        final Deque<Piece> ready = new ArrayDeque<>();
        boolean ended;
        @Nullable
        Throwable failure;

        Job(XzBlockHeader header) {
            this.header = header;
        }
    }

    private final Deque<Job> jobs = new ArrayDeque<>();
    private final Deque<byte[]> free = new ArrayDeque<>();
    private final ArrayCache cache = new BasicArrayCache();
    private final DecodeLimits limits;
    private @Nullable ExecutorService workers;
    private long pieces;
    private boolean closed;

    XzBlockPool(DecodeLimits limits) {
        this.limits = limits;
    }

    /** Whether the block may be held in memory at all. */
    boolean fits(XzBlockHeader header) {
        return limits.parallelism() > 1 && header.compressed() >= 0 && header.uncompressed() >= 0
                && header.compressed() <= Integer.MAX_VALUE / 2
                && header.compressed() + header.dictionary() + DECODER + (long) FIRST_AHEAD * PIECE <= limits
                        .memoryBytes();
    }

    /** Whether the block, which {@link #fits}, may be added now; one more than there are threads, so that none idles. */
    synchronized boolean accepts(XzBlockHeader header) {
        if (jobs.isEmpty()) {
            return true;
        }
        return jobs.size() <= limits.parallelism() && held(header) + pieces <= limits.memoryBytes();
    }

    synchronized boolean isEmpty() {
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
        Job job = new Job(header);
        synchronized (this) {
            jobs.add(job);
            // What waits to be used again is memory, too.
            while (!free.isEmpty() && held(null) + pieces + (long) free.size() * PIECE > limits.memoryBytes()) {
                free.pop();
            }
        }
        workers.execute(() -> decode(stream, job));
        return unpadded;
    }

    private void decode(byte[] stream, Job job) {
        Throwable failure = null;
        try (SingleXZInputStream block = new SingleXZInputStream(new ByteArrayInputStream(stream), -1, cache)) {
            // Only behind the last byte are the check and the sizes verified.
            for (int length = PIECE; length == PIECE;) {
                byte[] bytes = newPiece();
                length = block.readNBytes(bytes, 0, PIECE);
                give(job, new Piece(bytes, length));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = new InterruptedIOException("Interrupted while decoding an xz block");
        } catch (IOException | RuntimeException e) {
            failure = Damage.damaged(Compression.XZ, job.header.offset(), String.valueOf(e.getMessage()),
                    "a block cannot be decoded");
        } catch (OutOfMemoryError e) {
            failure = e;
        }
        end(job, failure);
    }

    private synchronized byte[] newPiece() {
        return free.isEmpty() ? new byte[PIECE] : free.pop();
    }

    /** Hands a piece on; a block that is not the first waits until there is room. */
    private synchronized void give(Job job, Piece piece) throws InterruptedException {
        while (!closed && (job == jobs.peek()
                ? job.ready.size() >= FIRST_AHEAD
                : held(null) + pieces + PIECE > limits.memoryBytes())) {
            wait();
        }
        pieces += PIECE;
        job.ready.add(piece);
        notifyAll();
    }

    /** Bytes of the stored blocks, with one more, and of as many decoders as run at once. */
    private long held(@Nullable XzBlockHeader more) {
        long stored = more == null ? 0 : more.compressed();
        long dictionary = more == null ? 0 : more.dictionary();
        for (Job job : jobs) {
            stored += job.header.compressed();
            dictionary = Math.max(dictionary, job.header.dictionary());
        }
        int decoders = Math.min(jobs.size() + (more == null ? 0 : 1), limits.parallelism());
        return stored + decoders * (dictionary + DECODER);
    }

    private synchronized void end(Job job, @Nullable Throwable failure) {
        job.ended = true;
        job.failure = failure;
        notifyAll();
    }

    /**
     * Waits for the next piece of the first block. The piece goes back with {@link #release}.
     *
     * @return null when the block has ended and is verified; the next one is the first then
     */
    synchronized @Nullable Piece take() throws IOException {
        Job job = jobs.element();
        while (job.ready.isEmpty() && !job.ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for an xz block");
            }
        }
        Piece piece = job.ready.poll();
        if (piece == null) {
            jobs.remove();
            notifyAll();
            if (job.failure instanceof IOException cause) {
                throw cause;
            }
            if (job.failure instanceof Error cause) {
                throw cause;
            }
            return null;
        }
        notifyAll();
        return piece;
    }

    /** A piece that was taken is no longer needed. */
    synchronized void release(Piece piece) {
        pieces -= PIECE;
        free.push(piece.bytes());
        notifyAll();
    }

    void close() {
        synchronized (this) {
            closed = true;
            jobs.clear();
            free.clear();
            notifyAll();
        }
        if (workers != null) {
            workers.shutdownNow();
        }
    }
}
