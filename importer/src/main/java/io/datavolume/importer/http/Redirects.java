package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows redirects (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.4">RFC 9110, 15.4</a>). Credentials
 * and extra headers belong to the first origin: once a redirect leaves it they are not sent again. Only to go over to
 * https on the same host is not to leave it: whoever sends there has them already, and there they are safer.
 */
public final class Redirects {

    private static final int MOST = 10;

    private final HttpTransport transport;

    public Redirects(HttpTransport transport) {
        this.transport = transport;
    }

    /**
     * Where a chain of redirects ended.
     *
     * @param uri the place that answers
     * @param trusted whether the chain never left the first origin (but for https), so that credentials may be sent
     */
    public record Place(URI uri, boolean trusted) {

        /** Where every chain begins. */
        public static Place first(URI uri) {
            return new Place(uri, true);
        }
    }

    /**
     * @param place where the exchange came from in the end
     * @param exchange any answer but a redirect
     */
    public record Answer(Place place, HttpExchange exchange) {}

    /**
     * @param headers of the request itself; credentials and extra headers are added from the options
     * @throws NeedsUserException when there are too many redirects, one has no usable target, or one leaves https
     */
    public Answer follow(String method, Place from, Map<String, String> headers) throws IOException {
        Place place = from;
        for (int i = 0; i <= MOST; i++) {
            HttpExchange exchange = transport.send(method, place.uri(), headers(place, headers));
            if (!isRedirect(exchange.status())) {
                return new Answer(place, exchange);
            }
            try (exchange) {
                place = next(place, exchange);
            }
        }
        throw new NeedsUserException(Reason.NOT_FOUND, HttpFailures.reading(from.uri()) + " but it redirects more than "
                + MOST + " times; check the URL");
    }

    private Map<String, String> headers(Place place, Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (place.trusted()) {
            transport.options().authorization().ifPresent(value -> all.put("Authorization", value));
            for (String header : transport.options().headers()) {
                int colon = header.indexOf(':');
                all.put(header.substring(0, colon), header.substring(colon + 1).strip());
            }
        }
        all.putAll(own);
        return all;
    }

    private static Place next(Place place, HttpExchange exchange) throws NeedsUserException {
        String action = HttpFailures.reading(place.uri());
        Optional<URI> target = exchange.headers().first("Location").flatMap(text -> resolve(place.uri(), text));
        if (target.isEmpty()) {
            throw new NeedsUserException(Reason.NOT_FOUND, action + " but it redirects (" + exchange.status()
                    + ") without a usable Location; check the URL");
        }
        Origin from = Origin.of(place.uri());
        Origin to = Origin.of(target.get());
        if (from.scheme().equals("https") && !to.scheme().equals("https")) {
            throw new NeedsUserException(Reason.ACCESS_DENIED, action + " but it redirects from https to "
                    + DisplayUrl.of(target.get()) + "; give that URL itself if it is to be trusted");
        }
        return new Place(target.get(), place.trusted() && (from.equals(to) || from.isSecuredBy(to)));
    }

    private static Optional<URI> resolve(URI base, String location) {
        try {
            URI root = base.getRawPath() == null || base.getRawPath().isEmpty() ? base.resolve("/") : base;
            String reference = location.strip().replace(" ", "%20");
            // java.net.URI resolves a query alone against the folder and not the document (RFC 3986, 5.2.2).
            URI target = root.resolve(new URI(reference.startsWith("?") ? root.getRawPath() + reference : reference));
            String scheme = target.getScheme();
            boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            return http && target.getHost() != null ? Optional.of(target) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
