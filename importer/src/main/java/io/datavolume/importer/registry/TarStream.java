package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked bytes below a tar reader: counted, limited, and with a budget while headers are read, since the
 * reader keeps a header of any size in memory. Remembers which errors are not the reader's own.
 */
final class TarStream extends InputStream {

    private InputStream upstream;
    private final TarLimits limits;
    private long position;
    private long passedTo;
    private long jumpTo;
    private long stop;
    private boolean inHeader;
    private @Nullable IOException failure;

    TarStream(InputStream upstream, TarLimits limits) {
        this.upstream = upstream;
        this.limits = limits;
        this.stop = limits.unpacked();
    }

    long position() {
        return position;
    }

    /** Everything read until {@link #headerEnds} is header. */
    void headerBegins() {
        inHeader = true;
        stop = Math.min(limits.unpacked(), position + limits.header());
    }

    void headerEnds() {
        inHeader = false;
        stop = limits.unpacked();
    }

    /** Whether this error came from below and says nothing about the tar file. */
    boolean raised(IOException error) {
        return error == failure;
    }

    /** Bytes before an offset count as read, whatever the reader sees of them; the rest comes from elsewhere. */
    void goOn(InputStream rest, long offset) {
        upstream = rest;
        passedTo = offset;
    }

    /** Bytes before an offset are not wanted: they are skipped below, whatever the reader sees of them. */
    void jump(long offset) {
        jumpTo = offset;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position < passedTo) {
            return (int) advance(Math.min(length, passedTo - position));
        }
        try {
            if (position < jumpTo) {
                long n = upstream.skip(Math.min(length, jumpTo - position));
                return (int) advance(n > 0 ? n : upstream.read() < 0 ? -1 : 1);
            }
            int n = upstream.read(buffer, offset, (int) Math.min(length, Math.max(stop - position, 1)));
            return (int) advance(n);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long skip(long n) throws IOException {
        if (position < passedTo) {
            return n <= 0 ? 0 : advance(Math.min(n, passedTo - position));
        }
        try {
            return n <= 0 || position >= stop ? 0 : advance(upstream.skip(Math.min(n, stop - position)));
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private long advance(long n) throws ImageRefusedException {
        if (n > 0 && position + n > stop) {
            throw new ImageRefusedException("layer", ContainerCheck.LAYER_LIMIT.violation(position, stop,
                    inHeader
                            ? "the headers of one entry are longer than " + limits.header() + " bytes"
                            : "the layer unpacks to more than " + limits.unpacked() + " bytes"));
        }
        position += Math.max(n, 0);
        return n;
    }
}
