package io.datavolume.importer.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How HTTP sources are reached.
 *
 * @param user user name of basic authentication, if any
 * @param password its password, if any
 * @param headers extra request headers, {@code Name: value}; sent to the origin of the first URL only
 * @param certificates PEM files, or folders of them, that are trusted besides the system's authorities
 * @param insecure whether certificates and host names are not verified
 * @param connectTimeout time to connect, TLS handshake included
 * @param stallTimeout longest wait for the next byte, or for the response, before a connection is given up
 * @param retry how long to try again without progress before a failure is final
 * @param connections connections at most for one object, 1 to 64
 * @param proxy through which proxies servers are reached
 * @param denied address ranges (CIDR) that must not be connected to
 * @param userAgent value of the User-Agent header
 */
public record HttpOptions(Optional<String> user, Optional<String> password, List<String> headers,
        List<Path> certificates, boolean insecure, Duration connectTimeout, Duration stallTimeout, Duration retry,
        int connections, ProxySettings proxy, List<String> denied, String userAgent) {

    /** Nothing special: no credentials, the system's trust, no proxy. */
    public static final HttpOptions DEFAULT = new HttpOptions(Optional.empty(), Optional.empty(), List.of(), List.of(),
            false, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5), 4, ProxySettings.NONE,
            List.of(), "datavolume-importer");

    /**
     * @throws IllegalArgumentException when a header is not {@code Name: value} or holds a line break, or a number is
     *         out of its range; the message never shows a value
     */
    public HttpOptions {
        headers = List.copyOf(headers);
        certificates = List.copyOf(certificates);
        denied = List.copyOf(denied);
        headers.forEach(HttpOptions::checkHeader);
        if (hasLineBreak(userAgent)) {
            throw new IllegalArgumentException("the user agent holds a line break");
        }
        if (user.isPresent() && user.get().indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name of basic authentication cannot hold a colon");
        }
        if (connections < 1 || connections > 64) {
            throw new IllegalArgumentException("connections must be 1 to 64, not " + connections);
        }
        if (!connectTimeout.isPositive() || !stallTimeout.isPositive() || retry.isNegative()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }

    public HttpOptions withCredentials(Optional<String> newUser, Optional<String> newPassword,
            List<String> newHeaders) {
        return new HttpOptions(newUser, newPassword, newHeaders, certificates, insecure, connectTimeout, stallTimeout,
                retry, connections, proxy, denied, userAgent);
    }

    public HttpOptions withTrust(List<Path> newCertificates, boolean newInsecure) {
        return new HttpOptions(user, password, headers, newCertificates, newInsecure, connectTimeout, stallTimeout,
                retry, connections, proxy, denied, userAgent);
    }

    public HttpOptions withTimes(Duration connect, Duration stall, Duration newRetry) {
        return new HttpOptions(user, password, headers, certificates, insecure, connect, stall, newRetry, connections,
                proxy, denied, userAgent);
    }

    public HttpOptions withConnections(int count) {
        return new HttpOptions(user, password, headers, certificates, insecure, connectTimeout, stallTimeout, retry,
                count, proxy, denied, userAgent);
    }

    public HttpOptions withNetwork(ProxySettings newProxy, List<String> newDenied) {
        return new HttpOptions(user, password, headers, certificates, insecure, connectTimeout, stallTimeout, retry,
                connections, newProxy, newDenied, userAgent);
    }

    /**
     * The same with the user info of a URL, where no user is named here.
     *
     * @throws IllegalArgumentException when the user name holds a colon
     */
    HttpOptions withUserInfo(URI uri) {
        String info = uri.getRawUserInfo();
        if (user.isPresent() || info == null || info.isEmpty()) {
            return this;
        }
        int colon = info.indexOf(':');
        return withCredentials(Optional.of(decode(colon < 0 ? info : info.substring(0, colon))),
                Optional.of(colon < 0 ? "" : decode(info.substring(colon + 1))), headers);
    }

    /** In user info a plus sign is no space. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The Authorization header of basic authentication (<a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>). */
    Optional<String> authorization() {
        return user.map(name -> "Basic " + Base64.getEncoder()
                .encodeToString((name + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8)));
    }

    /** Credentials are not for logs. */
    @Override
    public String toString() {
        return "HttpOptions[…]";
    }

    private static void checkHeader(String header) {
        int colon = header.indexOf(':');
        if (hasLineBreak(header)) {
            throw new IllegalArgumentException("an extra header holds a line break");
        }
        if (colon <= 0 || !header.substring(0, colon).chars().allMatch(HttpOptions::isTokenCharacter)) {
            throw new IllegalArgumentException("an extra header is not of the form 'Name: value'");
        }
    }

    private static boolean hasLineBreak(String text) {
        return text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    /** <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110, 5.6.2</a>. */
    private static boolean isTokenCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
