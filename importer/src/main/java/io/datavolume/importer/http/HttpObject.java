package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;

/** One object on a server: opens bodies from any byte of it and makes sure that they belong to the very same bytes. */
final class HttpObject {

    private final Redirects redirects;
    private final URI uri;
    private final Probe probe;
    private final LongAdder received;
    private volatile Redirects.Place place;

    HttpObject(Redirects redirects, URI uri, Probe probe, LongAdder received) {
        this.redirects = redirects;
        this.uri = uri;
        this.probe = probe;
        this.received = received;
        this.place = probe.place();
    }

    Probe probe() {
        return probe;
    }

    String action() {
        return HttpFailures.reading(uri);
    }

    /** Whether reading can go on in the middle. */
    boolean isResumable() {
        return probe.validator().condition(probe.length()).isPresent();
    }

    RetryableException unresumable(long position, IOException cause) {
        return new RetryableException(action() + " but the connection broke at byte " + position
                + ", and the server states neither ETag nor Last-Modified with a length, so what follows may be another"
                + " file; start again", cause);
    }

    /**
     * Opens the bytes from {@code position}; one attempt.
     *
     * @param end first byte not wanted; empty for the rest
     */
    InputStream open(long position, OptionalLong end) throws IOException {
        boolean ranged = position > 0 || end.isPresent();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept-Encoding", "identity");
        if (ranged && !probe.coded()) {
            headers.put("Range", "bytes=" + position + "-" + (end.isPresent() ? end.getAsLong() - 1 : ""));
            probe.validator().condition(probe.length()).ifPresent(value -> headers.put("If-Range", value));
        }
        Redirects.Answer answer = request(headers);
        HttpExchange exchange = answer.exchange();
        try {
            return switch (exchange.status()) {
                case 200 -> whole(exchange, position);
                case 206 -> part(exchange, position, end);
                case 412, 416 -> throw changed("status " + exchange.status() + " to a range that existed");
                default -> throw HttpFailures.status(action(), exchange);
            };
        } catch (IOException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    /**
     * A pinned place may be a signed URL that expired: then the way there is asked for once more, at once. It may be a
     * mirror that is gone: then the next attempt begins at the first URL, which may lead to another mirror.
     */
    private Redirects.Answer request(Map<String, String> headers) throws IOException {
        Redirects.Place first = Redirects.Place.first(uri);
        Redirects.Place pinned = place;
        Redirects.Answer answer;
        try {
            answer = redirects.follow("GET", pinned, headers);
        } catch (IOException e) {
            place = first;
            throw e;
        }
        int status = answer.exchange().status();
        if (status >= 400 && status < 500 && status != 429 && !pinned.equals(first)) {
            answer.exchange().close();
            answer = redirects.follow("GET", first, headers);
            status = answer.exchange().status();
        }
        place = status < 400 ? answer.place() : first;
        return answer;
    }

    private InputStream whole(HttpExchange exchange, long position) throws IOException {
        Validator now = Validator.of(exchange.headers());
        boolean coded = Coding.isGzip(uri, exchange.headers());
        OptionalLong length = coded ? OptionalLong.empty() : exchange.headers().contentLength();
        if (!probe.validator().agrees(now) || position > 0 && !probe.validator().isRepeatedBy(now)) {
            throw changed("another ETag or Last-Modified");
        }
        if (length.isPresent() && probe.length().isPresent() && length.getAsLong() != probe.length().getAsLong()) {
            throw changed("a length of " + length.getAsLong() + " instead of " + probe.length().getAsLong()
                    + " bytes");
        }
        InputStream counted = new CountedBody(exchange.body(), received);
        InputStream body = coded ? new GZIPInputStream(counted, 64 << 10) : counted;
        // the server has no ranges: what was read already is read once more
        discard(body, position);
        return body;
    }

    private static void discard(InputStream body, long count) throws IOException {
        byte[] nowhere = new byte[64 << 10];
        for (long left = count; left > 0;) {
            int read = body.read(nowhere, 0, (int) Math.min(nowhere.length, left));
            if (read < 0) {
                throw new EOFException("the body ended " + left + " bytes before the byte to go on at, " + count);
            }
            left -= read;
        }
    }

    private InputStream part(HttpExchange exchange, long position, OptionalLong end) throws IOException {
        ContentRange range = ContentRange.of(exchange.headers()).orElseThrow(() -> lying(exchange));
        long last = end.isPresent()
                ? end.getAsLong() - 1
                : probe.length().isPresent() ? probe.length().getAsLong() - 1 : range.end();
        if (range.start() != position || range.end() > last || Coding.isGzip(uri, exchange.headers())) {
            throw lying(exchange);
        }
        if (probe.length().isPresent() && range.total().isPresent()
                && range.total().getAsLong() != probe.length().getAsLong()) {
            throw changed("a length of " + range.total().getAsLong() + " instead of " + probe.length().getAsLong()
                    + " bytes");
        }
        if (!probe.validator().agrees(Validator.of(exchange.headers()))) {
            throw changed("another ETag or Last-Modified");
        }
        return new CountedBody(exchange.body(), received);
    }

    private RetryableException lying(HttpExchange exchange) {
        return new RetryableException(action() + " but the server answered a range with the Content-Range '"
                + HttpFailures.printable(exchange.headers().first("Content-Range").orElse("")) + "'", null);
    }

    NeedsUserException changed(String sign) {
        return new NeedsUserException(Reason.SOURCE_CHANGED, action() + " but it changed while it was read: "
                + "the server now states " + sign + "; start again");
    }

    /** Bytes of bodies that have come so far, over all connections. */
    long bytesReceived() {
        return received.sum();
    }
}
