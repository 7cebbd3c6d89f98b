package io.datavolume.importer.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A part of an object that a thread of its own fetches ahead, while the reader takes what has come. */
final class Window {

    private final ResumingStream stream;
    private final byte[] buffer;
    private final int length;
    private final Thread thread;
    private int filled;
    private int taken;
    private @Nullable IOException failure;

    /**
     * @param stream the part's bytes
     * @param buffer where they wait, at least {@code length}
     */
    Window(ResumingStream stream, byte[] buffer, int length) {
        this.stream = stream;
        this.buffer = buffer;
        this.length = length;
        this.thread = Thread.ofVirtual().name("http window").unstarted(this::fetch);
    }

    Window start() {
        thread.start();
        return this;
    }

    /** For another window, once this one is {@link #isTaken}. */
    byte[] buffer() {
        return buffer;
    }

    synchronized boolean isTaken() {
        return taken == length;
    }

    /** Waits for at least one byte; must not be called when all are taken. */
    synchronized int read(ByteBuffer target) throws IOException {
        while (filled == taken) {
            if (failure != null) {
                throw failure;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (InterruptedIOException) new InterruptedIOException("interrupted while reading").initCause(e);
            }
        }
        int count = Math.min(target.remaining(), filled - taken);
        target.put(buffer, taken, count);
        taken += count;
        return count;
    }

    private void fetch() {
        try (stream) {
            for (int at = 0; at < length;) {
                int count = stream.read(buffer, at, length - at);
                if (count < 0) {
                    throw new EOFException("the range ended after " + at + " of " + length + " bytes");
                }
                at += count;
                arrived(at);
            }
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException | Error e) {
            failed(new IOException("reading a range failed: " + e, e));
        }
    }

    private synchronized void arrived(int count) {
        filled = count;
        notifyAll();
    }

    private synchronized void failed(IOException cause) {
        failure = cause;
        notifyAll();
    }

    /** Gives up what has not come. */
    void close() {
        stream.close();
        thread.interrupt();
        failed(new IOException("the stream is closed"));
    }
}
