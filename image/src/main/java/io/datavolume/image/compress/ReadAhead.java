package io.datavolume.image.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Decodes in a thread of its own, at most 4 MiB ahead, so that decoding and writing overlap. */
final class ReadAhead extends StageStream {

    private static final int CHUNKS = 4;
    private static final int CHUNK = 1024 * 1024;
    private static final long CLOSE_MILLIS = 5000;

    /** Bytes to hand on, then what went wrong behind them; fewer bytes than fit and no trouble mean the end. */
    private record Chunk(byte[] bytes, int length, @Nullable Exception trouble) {}

    private final StageStream stage;
    private final InputStream content;
    private final InputStream source;
    private final BlockingQueue<Chunk> ready = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(CHUNKS);
    private @Nullable Thread decoder;
    private Chunk current = new Chunk(new byte[CHUNK], CHUNK, null);
    private int next = CHUNK;
    private boolean closed;

    /**
     * Reads from {@code content} once the first byte is asked for.
     *
     * @param stage knows the restart points, and is closed in the end
     * @param content the stage, or the stage behind a head that was read ahead
     * @param source what the stage reads from in the end; closing it ends a read that waits
     */
    ReadAhead(StageStream stage, InputStream content, InputStream source) {
        this.stage = stage;
        this.content = content;
        this.source = source;
    }

    private void decodeAll() {
        try {
            boolean more = true;
            while (more) {
                Chunk chunk = decodeChunk(free.take());
                ready.put(chunk);
                more = chunk.length() == chunk.bytes().length && chunk.trouble() == null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Chunk decodeChunk(byte[] bytes) {
        int length = 0;
        try {
            while (length < bytes.length) {
                int count = content.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
            return new Chunk(bytes, length, null);
        } catch (IOException | RuntimeException e) {
            return new Chunk(bytes, length, e);
        } catch (OutOfMemoryError e) {
            return new Chunk(bytes, length, new IOException("Out of memory while decompressing; allow less", e));
        }
    }

    private void start() {
        for (int i = 1; i < CHUNKS; i++) {
            free.add(new byte[CHUNK]);
        }
        decoder = Thread.ofPlatform().daemon().name("decompress").start(this::decodeAll);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (closed) {
            throw new IOException("Read from a closed stream");
        }
        if (length == 0) {
            return 0;
        }
        if (decoder == null) {
            start();
        }
        while (next == current.length()) {
            if (current.trouble() instanceof IOException e) {
                throw e;
            }
            if (current.trouble() instanceof RuntimeException e) {
                throw e;
            }
            if (current.length() < CHUNK) {
                return -1;
            }
            takeNext();
        }
        int count = Math.min(length, current.length() - next);
        System.arraycopy(current.bytes(), next, into, offset, count);
        next += count;
        return count;
    }

    private void takeNext() throws InterruptedIOException {
        try {
            free.put(current.bytes());
            current = ready.take();
            next = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for decompressed data");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public RestartPoint restartBefore(long offset) {
        return stage.restartBefore(offset);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Thread running = decoder;
        if (running != null) {
            running.interrupt();
            source.close();
            try {
                running.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (running.isAlive()) {
                // Freeing a decoder's native memory under its feet would be worse than leaving it to the process's end.
                return;
            }
        }
        stage.close();
    }
}
