package io.datavolume.importer.http;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which proxy reaches which server. Localhost and loopback addresses are always reached directly.
 *
 * @param http proxy for {@code http} URLs, {@code http://[user:password@]host:port} or {@code socks5://…}
 * @param https proxy for {@code https} URLs
 * @param exceptions hosts reached directly: {@code *}, {@code host}, {@code .suffix}, an address range, each with an
 *        optional {@code :port}
 */
public record ProxySettings(Optional<URI> http, Optional<URI> https, List<String> exceptions) {

    /** A proxy that is itself reached by https is none that the client can speak to. */
    private static final Set<String> PROXY_SCHEMES = Set.of("http", "socks4", "socks4a", "socks5", "socks5h");

    /** All servers are reached directly. */
    public static final ProxySettings NONE = new ProxySettings(Optional.empty(), Optional.empty(), List.of());

    public ProxySettings {
        exceptions = List.copyOf(exceptions);
    }

    /**
     * Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY; names in lower case win, as with other programs.
     *
     * @throws IllegalArgumentException when a proxy is not a URL with a host; its text is not repeated, it may hold a
     *         password
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        List<String> exceptions = variable(environment, "NO_PROXY").stream()
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                .filter(entry -> !entry.isEmpty()).toList();
        return new ProxySettings(variable(environment, "HTTP_PROXY").map(text -> proxy("HTTP_PROXY", text)),
                variable(environment, "HTTPS_PROXY").map(text -> proxy("HTTPS_PROXY", text)), exceptions);
    }

    /** The proxy for a server, if one is to be used. */
    Optional<ProxyOptions> proxyFor(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        Optional<URI> proxy = tls ? https : http;
        String host = uri.getHost();
        if (proxy.isEmpty() || host == null || isException(strip(host), Origin.portOf(uri))) {
            return Optional.empty();
        }
        return proxy.map(ProxySettings::options);
    }

    /** A proxy never leads back to this computer: a worker reads what runs beside it in its pod by localhost. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || Cidr.parse(host).filter(literal -> literal.address().isLoopbackAddress()).isPresent();
    }

    boolean isException(String host, int port) {
        return isLoopback(host) || exceptions.stream().anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT),
                host.toLowerCase(Locale.ROOT), port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        Optional<Cidr> literal = Cidr.parse(host);
        Optional<Cidr> range = Cidr.parse(strip(entry));
        if (range.isPresent()) {
            return literal.isPresent() && range.get().contains(literal.get().address());
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
            Optional<InetAddress> address = Cidr.parse(strip(name)).map(Cidr::address);
            if (address.isPresent()) {
                return literal.isPresent() && literal.get().address().equals(address.get());
            }
        }
        String suffix = name.startsWith("*.") ? name.substring(1) : name;
        return suffix.startsWith(".") ? host.endsWith(suffix) : host.equals(suffix) || host.endsWith("." + suffix);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        String lower = environment.get(name.toLowerCase(Locale.ROOT));
        String value = lower == null || lower.isBlank() ? environment.get(name) : lower;
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static URI proxy(String name, String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && PROXY_SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // the text may hold a password: neither it nor the cause is passed on
        }
        throw new IllegalArgumentException(name + " is not a proxy URL like http://host:port or socks5://host:port");
    }

    private static ProxyOptions options(URI proxy) {
        String scheme = proxy.getScheme().toLowerCase(Locale.ROOT);
        ProxyType type = scheme.startsWith("socks5")
                ? ProxyType.SOCKS5
                : scheme.startsWith("socks4") ? ProxyType.SOCKS4 : ProxyType.HTTP;
        int port = proxy.getPort() >= 0 ? proxy.getPort() : type == ProxyType.HTTP ? Origin.portOf(proxy) : 1080;
        ProxyOptions options = new ProxyOptions().setHost(strip(proxy.getHost())).setPort(port).setType(type);
        String info = proxy.getRawUserInfo();
        if (info != null) {
            int colon = info.indexOf(':');
            options.setUsername(decode(colon < 0 ? info : info.substring(0, colon)));
            options.setPassword(colon < 0 ? "" : decode(info.substring(colon + 1)));
        }
        return options;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String strip(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** A proxy's URL may hold a password. */
    @Override
    public String toString() {
        return "ProxySettings[…]";
    }
}
