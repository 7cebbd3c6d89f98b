package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.importer.http.HttpFailures;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A blob, or a range of it, that goes on after a cut connection where it was cut. What a reply says of the blob's
 * length must be what the descriptor says.
 */
final class ResumingBlobStream extends InputStream {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    /**
     * What the first request asks for. Often only the beginning is looked at before the stream is closed, and what is
     * on its way by then is lost.
     */
    private static final long FIRST = 1 << 20;

    private final RegistryClient client;
    private final Descriptor blob;
    private final long end;
    private final LongAdder received;
    private final long start;
    private long position;
    /** First byte that the present reply does not hold. */
    private long replyEnd;
    private volatile RegistryHttp.@Nullable Reply reply;
    private volatile boolean closed;

    /**
     * @param position first byte to deliver
     * @param end first byte not to deliver, at most the blob's size
     * @param received counts every byte that arrives
     */
    ResumingBlobStream(RegistryClient client, Descriptor blob, long position, long end, LongAdder received) {
        this.client = client;
        this.blob = blob;
        this.start = position;
        this.position = position;
        this.end = end;
        this.received = received;
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
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position == end) {
            verifyNothingFollows();
            drop();
            return -1;
        }
        try {
            return once(buffer, offset, length);
        } catch (IOException e) {
            return client.retries().callAfter(e, () -> once(buffer, offset, length));
        }
    }

    /** One attempt; a failure is classified and leaves no connection behind. */
    private int once(byte[] buffer, int offset, int length) throws IOException {
        try {
            RegistryHttp.Reply open = reply;
            if (open == null) {
                open = open();
                reply = open;
            }
            if (closed) {
                // closed while the answer was on its way
                throw new ClosedChannelException();
            }
            int n = open.body().read(buffer, offset, (int) Math.min(length, replyEnd - position));
            if (n < 0) {
                throw new EOFException("the connection ended early");
            }
            received.add(n);
            position += n;
            if (position == replyEnd && position < end) {
                drop();
            }
            return n;
        } catch (IOException e) {
            drop();
            throw closed
                    ? e
                    : HttpFailures.broken("Failed to read registry image: tried to read " + client.displayName()
                            + " blob " + blob.digest() + " at byte " + position, e);
        }
    }

    /** A server that goes on behind the blob's size holds something else. */
    private void verifyNothingFollows() throws IOException {
        RegistryHttp.Reply open = reply;
        boolean more;
        try {
            more = end == blob.size() && open != null && open.body().read() >= 0;
        } catch (IOException e) {
            // All bytes are here; how the connection ended after them does not matter.
            more = false;
        }
        if (more) {
            throw wrongLength("more");
        }
    }

    private RegistryHttp.Reply open() throws IOException {
        long to = position == start && end - start > 2 * FIRST ? start + FIRST : end;
        boolean whole = position == 0 && to == blob.size();
        RegistryHttp.Reply fresh = client.blob(blob.digest(),
                whole
                        ? Optional.empty()
                        : Optional.of("bytes=" + position + "-" + (to == blob.size() ? "" : to - 1)));
        boolean good = false;
        try {
            if (fresh.status() == 206) {
                verifyRange(fresh);
                replyEnd = to;
            } else {
                verifyLength(fresh);
                skip(fresh);
                replyEnd = end;
            }
            good = true;
            return fresh;
        } finally {
            if (!good) {
                fresh.close();
            }
        }
    }

    private void verifyRange(RegistryHttp.Reply fresh) throws IOException {
        String header = fresh.header("Content-Range").stream().findFirst().orElse("none");
        Matcher range = CONTENT_RANGE.matcher(header);
        if (!range.matches() || Long.parseLong(range.group(1)) != position) {
            throw new RetryableException("the server sent another range than was asked for, " + Text.brief(header),
                    null);
        }
        if (!range.group(2).equals("*") && Long.parseLong(range.group(2)) != blob.size()) {
            throw wrongLength(range.group(2));
        }
    }

    private void verifyLength(RegistryHttp.Reply fresh) throws NeedsUserException {
        Optional<String> length = fresh.header("Content-Length").stream().findFirst();
        if (length.isPresent() && !length.get().equals(Long.toString(blob.size()))) {
            throw wrongLength(Text.brief(length.get()));
        }
    }

    /** The server serves no ranges: what was read before passes once more. */
    private void skip(RegistryHttp.Reply fresh) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = position; left > 0;) {
            int n = fresh.body().read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("the connection ended early");
            }
            received.add(n);
            left -= n;
        }
    }

    private NeedsUserException wrongLength(String seen) {
        return new NeedsUserException(NeedsUserException.Reason.CHECKSUM, "Failed to read registry image: blob "
                + blob.digest() + " is damaged: the registry has " + seen + " bytes of it and not " + blob.size()
                + "; push the image again");
    }

    private void drop() throws IOException {
        RegistryHttp.Reply open = reply;
        reply = null;
        if (open != null) {
            open.close();
        }
    }

    /** May come from another thread; a waiting read then fails and is not made again. */
    @Override
    public void close() throws IOException {
        closed = true;
        drop();
    }
}
