package io.datavolume.importer.registry;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.RetryableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
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

    private static final int MAX_FAILURES = 6;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    private final RegistryClient client;
    private final Descriptor blob;
    private final long end;
    private final LongAdder received;
    private long position;
    private int failures;
    private RegistryHttp.@Nullable Reply reply;

    /**
     * @param position first byte to deliver
     * @param end first byte not to deliver, at most the blob's size
     * @param received counts every byte that arrives
     */
    ResumingBlobStream(RegistryClient client, Descriptor blob, long position, long end, LongAdder received) {
        this.client = client;
        this.blob = blob;
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
        while (position < end) {
            try {
                RegistryHttp.Reply open = reply == null ? reply = open() : reply;
                int n = open.body().read(buffer, offset, (int) Math.min(length, end - position));
                if (n > 0) {
                    received.add(n);
                    position += n;
                    failures = 0;
                    return n;
                }
                again(new RetryableException("the connection ended early", null));
            } catch (NeedsUserException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                again(e);
            }
        }
        if (end == blob.size() && reply != null && reply.body().read() >= 0) {
            throw wrongLength("more");
        }
        close();
        return -1;
    }

    private void again(IOException cause) throws IOException {
        close();
        if (++failures >= MAX_FAILURES) {
            throw new RetryableException("Failed to read registry image: " + client.displayName() + " blob "
                    + blob.digest() + " at byte " + position + ": " + cause.getMessage(), cause);
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << failures);
        if (cause instanceof RetryableException retryable && retryable.retryAfter().isPresent()) {
            wait = retryable.retryAfter().get();
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to read a blob again");
        }
    }

    private RegistryHttp.Reply open() throws IOException {
        boolean whole = position == 0 && end == blob.size();
        RegistryHttp.Reply fresh = client.blob(blob.digest(),
                whole
                        ? Optional.empty()
                        : Optional.of("bytes=" + position + "-" + (end == blob.size() ? "" : end - 1)));
        boolean good = false;
        try {
            if (fresh.status() == 206) {
                verifyRange(fresh);
            } else {
                verifyLength(fresh);
                skip(fresh);
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
                throw new RetryableException("the connection ended early", null);
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

    @Override
    public void close() throws IOException {
        RegistryHttp.Reply open = reply;
        reply = null;
        if (open != null) {
            open.close();
        }
    }
}
