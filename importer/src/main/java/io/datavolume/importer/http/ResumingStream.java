package io.datavolume.importer.http;

import io.datavolume.image.failure.RetryableException;
import io.datavolume.importer.source.ChannelStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object from one offset on, over as many connections as it takes. Each read that brings a byte is
 * progress and gives the next failure the whole time for trying again. For one reader.
 */
final class ResumingStream extends ChannelStream {

    private final HttpObject object;
    private final Retries retries;
    private OptionalLong end;
    private long position;
    private volatile @Nullable InputStream body;
    private @Nullable ReadableByteChannel channel;
    private boolean ended;
    private volatile boolean closed;

    /**
     * @param position first byte
     * @param end first byte not wanted; empty for the rest
     */
    ResumingStream(HttpObject object, Retries retries, long position, OptionalLong end) {
        this.object = object;
        this.retries = retries;
        this.position = position;
        this.end = end;
        this.ended = end.isPresent() && position >= end.getAsLong();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (ended || !target.hasRemaining()) {
            return ended ? -1 : 0;
        }
        try {
            return once(target);
        } catch (IOException e) {
            if (e instanceof RetryableException && position > 0 && !object.isResumable()) {
                // Waiting and trying again here would bring the same.
                throw object.unresumable(position, e);
            }
            return retries.callAfter(e, () -> once(target));
        }
    }

    /** One attempt; a failure is classified and leaves no connection behind. */
    private int once(ByteBuffer target) throws IOException {
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            ByteBuffer part = within(target);
            int count = opened().read(part);
            if (count > 0) {
                position += count;
                if (part != target) {
                    target.position(target.position() + count);
                }
                checkLength();
            } else if (count < 0) {
                finish();
            }
            return count;
        } catch (IOException e) {
            drop();
            throw closed ? e : HttpFailures.broken(object.action(), e);
        }
    }

    /** A server without ranges sends more than the range. */
    private ByteBuffer within(ByteBuffer target) {
        long wanted = end.isPresent() ? end.getAsLong() - position : Long.MAX_VALUE;
        return wanted < target.remaining() ? target.slice(target.position(), (int) wanted) : target;
    }

    private ReadableByteChannel opened() throws IOException {
        ReadableByteChannel present = channel;
        if (present == null) {
            InputStream fresh = object.open(position, end);
            body = fresh;
            present = fresh instanceof ReadableByteChannel direct ? direct : Channels.newChannel(fresh);
            channel = present;
            if (closed) {
                // closed while the answer was on its way
                throw new ClosedChannelException();
            }
        }
        return present;
    }

    /** Where the bytes end by what was promised: the range, or the object's length. */
    private OptionalLong promised() {
        return end.isPresent() ? end : object.probe().length();
    }

    private void checkLength() throws IOException {
        OptionalLong promised = promised();
        if (promised.isPresent() && position > promised.getAsLong()) {
            throw object.changed("more than " + promised.getAsLong() + " bytes");
        }
        if (end.isPresent() && position == end.getAsLong()) {
            ended = true;
            drop();
        }
    }

    private void finish() throws IOException {
        OptionalLong promised = promised();
        if (promised.isPresent() && position < promised.getAsLong()) {
            throw new EOFException("the body ended at byte " + position + " of " + promised.getAsLong());
        }
        ended = true;
        drop();
    }

    private void drop() {
        InputStream present = body;
        body = null;
        channel = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                // what is given up need not be given up properly
            }
        }
    }

    /** Ends the stream earlier; for its reader, at or behind the present position. */
    void endAt(long border) {
        end = OptionalLong.of(border);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** May come from another thread; a waiting read then fails. */
    @Override
    public void close() {
        closed = true;
        drop();
    }
}
