package io.datavolume.importer.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of a URL (<a href="https://www.rfc-editor.org/rfc/rfc6454#section-4">RFC 6454, 4</a>). */
record Origin(String scheme, String host, int port) {

    static Origin of(URI uri) {
        return new Origin(lower(uri.getScheme()), lower(uri.getHost()), portOf(uri));
    }

    static int portOf(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Whether another one is the same host, reached by https instead of http. */
    boolean isSecuredBy(Origin other) {
        return scheme.equals("http") && other.scheme.equals("https") && host.equals(other.host);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
