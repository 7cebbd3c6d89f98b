package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server says about an object before it is read.
 *
 * @param place where it is read from, after redirects
 * @param length bytes, if stated
 * @param ranges whether ranges of it can be read
 * @param validator what identifies its bytes
 * @param coded whether it comes gzip-coded although that was not asked for
 * @param contentType Content-Type, if stated
 */
record Probe(Redirects.Place place, OptionalLong length, boolean ranges, Validator validator, boolean coded,
        Optional<String> contentType) {

    /** Above it JSON numbers are no longer exact; no disk is near it. */
    private static final long LARGEST = 1L << 53;
    private static final Map<String, String> IDENTITY = Map.of("Accept-Encoding", "identity");
    private static final Map<String, String> FIRST_BYTE = Map.of("Accept-Encoding", "identity", "Range", "bytes=0-0");

    /** @throws RetryableException and its siblings, classified, after one attempt */
    static Probe of(Redirects redirects, URI uri) throws IOException {
        String action = HttpFailures.reading(uri);
        try {
            Redirects.Place first = Redirects.Place.first(uri);
            Optional<Probe> head = head(redirects, first);
            if (head.isPresent()) {
                return head.get();
            }
            // signed URLs, among others, allow GET only
            Redirects.Answer get = redirects.follow("GET", first, FIRST_BYTE);
            try (HttpExchange exchange = get.exchange()) {
                return switch (exchange.status()) {
                    case 200 -> whole(uri, get.place(), exchange);
                    case 206 -> part(uri, get.place(), exchange);
                    case 416 -> empty(action, get.place(), exchange);
                    default -> throw HttpFailures.status(action, exchange);
                };
            }
        } catch (IOException e) {
            throw HttpFailures.broken(action, e);
        }
    }

    /** Empty where a server does not answer HEAD as it answers GET; some cut the connection. */
    private static Optional<Probe> head(Redirects redirects, Redirects.Place first) throws IOException {
        try {
            Redirects.Answer head = redirects.follow("HEAD", first, IDENTITY);
            try (HttpExchange exchange = head.exchange()) {
                // Some servers state the length 0 for every HEAD; many serve ranges without announcing them.
                boolean telling = exchange.headers().contentLength().orElse(0) > 0
                        && exchange.headers().first("Accept-Ranges").isPresent();
                return exchange.status() == 200 && telling
                        ? Optional.of(whole(first.uri(), head.place(), exchange))
                        : Optional.empty();
            }
        } catch (IOException e) {
            IOException failure = HttpFailures.broken(HttpFailures.reading(first.uri()), e);
            if (failure instanceof RetryableException) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static OptionalLong plausible(String action, OptionalLong length) throws NeedsUserException {
        if (length.isPresent() && length.getAsLong() > LARGEST) {
            throw new NeedsUserException(Reason.REFUSED_IMAGE, action + " but it states a length of "
                    + length.getAsLong() + " bytes, which no image has; check what the server serves there");
        }
        return length;
    }

    private static Probe whole(URI uri, Redirects.Place place, HttpExchange exchange) throws IOException {
        boolean coded = Coding.isGzip(uri, exchange.headers());
        boolean ranges = exchange.headers().all("Accept-Ranges").stream()
                .anyMatch(unit -> unit.strip().equalsIgnoreCase("bytes"));
        return new Probe(place, coded
                ? OptionalLong.empty()
                : plausible(HttpFailures.reading(place.uri()), exchange.headers().contentLength()), ranges && !coded,
                Validator.of(exchange.headers()), coded, type(exchange));
    }

    private static Probe part(URI uri, Redirects.Place place, HttpExchange exchange) throws IOException {
        String action = HttpFailures.reading(uri);
        boolean coded = Coding.isGzip(uri, exchange.headers());
        ContentRange range = ContentRange.of(exchange.headers()).filter(r -> r.start() == 0 && r.end() == 0)
                .orElseThrow(() -> new RetryableException(action + " but it answered the range 0-0 with '"
                        + HttpFailures.printable(exchange.headers().first("Content-Range").orElse("")) + "'", null));
        return new Probe(place, coded ? OptionalLong.empty() : plausible(action, range.total()),
                !coded && range.total().isPresent(),
                Validator.of(exchange.headers()), coded, type(exchange));
    }

    /** An object of no bytes has no first byte. */
    private static Probe empty(String action, Redirects.Place place, HttpExchange exchange) throws IOException {
        OptionalLong length = ContentRange.unsatisfied(exchange.headers());
        if (length.isEmpty() || length.getAsLong() != 0) {
            throw HttpFailures.status(action, exchange);
        }
        return new Probe(place, length, false, Validator.of(exchange.headers()), false, type(exchange));
    }

    private static Optional<String> type(HttpExchange exchange) {
        return exchange.headers().first("Content-Type").map(text -> text.toLowerCase(Locale.ROOT).strip());
    }
}
