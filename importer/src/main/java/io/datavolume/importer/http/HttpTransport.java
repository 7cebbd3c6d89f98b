package io.datavolume.importer.http;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 requests, one answer each, for blocking callers; the client and its event loop start with the first
 * request. Redirects and statuses are the caller's affair. Thread-safe.
 */
public final class HttpTransport implements Closeable {

    private static final int MAX_PORT = 65_535;
    private static final long HIGH_WATER = 1 << 20;
    private static final long END_SECONDS = 2;
    /** It prints every broken connection, which is told to who waits for it. Held, or its level would be lost. */
    private static final Logger CONNECTIONS = Logger.getLogger("io.vertx.core.net.impl.ConnectionBase");

    static {
        CONNECTIONS.setLevel(Level.OFF);
        // Flight-recorder events of buffers and an own DNS client take a quarter of the start, and nobody uses them.
        for (String unused : List.of("io.netty.jfr.enabled=false", "vertx.disableDnsResolver=true")) {
            int mark = unused.indexOf('=');
            System.getProperties().putIfAbsent(unused.substring(0, mark), unused.substring(mark + 1));
        }
    }

    private final HttpOptions options;
    private final AddressPolicy policy;
    private final long highWater;
    private @Nullable Vertx vertx;
    private @Nullable HttpClientAgent plain;
    private @Nullable HttpClientAgent secure;
    private boolean closed;

    public HttpTransport(HttpOptions options) {
        this(options, HIGH_WATER);
    }

    /** @param highWater bytes that may wait for the reader of one response before it is paused */
    public HttpTransport(HttpOptions options, long highWater) {
        this.options = options;
        this.policy = AddressPolicy.denying(options.denied());
        this.highWater = highWater;
    }

    public HttpOptions options() {
        return options;
    }

    public HttpExchange send(String method, URI uri, Map<String, String> headers) throws IOException {
        return send(method, uri, headers, new byte[0]);
    }

    /**
     * Sends one request and waits for the head of the answer.
     *
     * @param uri {@code http} or {@code https} with a host; its user info is not sent
     * @param body bytes to send; none when empty
     * @throws StalledException when no answer comes within the stall timeout
     * @throws NeedsUserException when the URL is none for HTTP, or its addresses are denied
     * @throws IOException when the connection fails
     */
    public HttpExchange send(String method, URI uri, Map<String, String> headers, byte[] body) throws IOException {
        String host = checkedHost(uri);
        Optional<ProxyOptions> proxy = options.proxy().proxyFor(uri);
        if (proxy.isPresent()) {
            checkBehindProxy(host);
            return attempt(request(method, uri, host, headers).setProxyOptions(proxy.get()), method, body);
        }
        List<InetAddress> addresses = policy.resolve(host);
        for (int i = 0;; i++) {
            InetSocketAddress address = new InetSocketAddress(addresses.get(i), Origin.portOf(uri));
            try {
                return attempt(request(method, uri, host, headers)
                        .setServer(SocketAddress.inetSocketAddress(address)), method, body);
            } catch (ConnectException e) {
                if (i + 1 == addresses.size()) {
                    throw e;
                }
            }
        }
    }

    /** The proxy resolves the name, which may be unknown here; what is known here is checked. */
    private void checkBehindProxy(String host) throws IOException {
        if (policy.isEmpty()) {
            return;
        }
        try {
            policy.resolve(host);
        } catch (UnknownHostException e) {
            // the proxy's own rules decide
        }
    }

    private RequestOptions request(String method, URI uri, String host, Map<String, String> headers) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.valueOf(method)).setSsl(tls).setHost(host)
                .setPort(Origin.portOf(uri)).setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                .setConnectTimeout(options.connectTimeout().toMillis()).putHeader("User-Agent", options.userAgent());
        if (host.contains(":")) {
            request.putHeader("Host", "[" + host + "]" + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        }
        headers.forEach(request::putHeader);
        return request;
    }

    private HttpExchange attempt(RequestOptions request, String method, byte[] body) throws IOException {
        HttpClientAgent agent = client(Boolean.TRUE.equals(request.isSsl()));
        AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
        Future<HttpExchange> exchange = agent.request(request).compose(opened -> {
            sent.set(opened);
            Future<HttpExchange> answered = opened.response().map(response -> {
                OptionalLong expected = method.equals("HEAD") || response.statusCode() == 304
                        ? OptionalLong.empty()
                        : HttpHeaders.number(String.valueOf(response.getHeader("Content-Length")));
                Context context = Objects.requireNonNull(Vertx.currentContext());
                return new HttpExchange(response.statusCode(),
                        response.statusMessage() == null ? "" : response.statusMessage(),
                        new HttpHeaders(response.headers()),
                        HttpBody.attach(response, context, expected, options.stallTimeout(), highWater));
            });
            Future<Void> written = body.length == 0 ? opened.end() : opened.end(Buffer.buffer(body));
            // a server may answer and close before it has taken the whole request: the answer counts
            written.onFailure(cause -> {});
            return answered;
        });
        return await(exchange, sent);
    }

    private HttpExchange await(Future<HttpExchange> exchange, AtomicReference<@Nullable HttpClientRequest> sent)
            throws IOException {
        Duration limit = options.connectTimeout().plus(options.stallTimeout());
        try {
            return exchange.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw HttpFailures.asIo(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            abandon(exchange, sent);
            throw new StalledException("answer", limit);
        } catch (InterruptedException e) {
            abandon(exchange, sent);
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while waiting for an answer")
                    .initCause(e);
        }
    }

    private static void abandon(Future<HttpExchange> exchange, AtomicReference<@Nullable HttpClientRequest> sent) {
        HttpClientRequest request = sent.get();
        if (request != null) {
            request.reset();
        }
        // it may come through in this very moment
        exchange.onSuccess(HttpExchange::close);
    }

    private static String checkedHost(URI uri) throws NeedsUserException {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null || !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new NeedsUserException(Reason.USAGE,
                    "Tried to read " + DisplayUrl.of(uri) + ": not an http or https URL with a host name");
        }
        if (uri.getPort() > MAX_PORT) {
            throw new NeedsUserException(Reason.USAGE,
                    "Tried to read " + DisplayUrl.of(uri) + ": there is no port " + uri.getPort());
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** TLS takes a tenth of a second to set up, so that only who needs it waits for it. */
    private synchronized HttpClientAgent client(boolean tls) throws IOException {
        if (closed) {
            throw new IOException("the HTTP client is closed");
        }
        HttpClientAgent present = tls ? secure : plain;
        if (present == null) {
            var settings = tls ? ClientSettings.secure(options) : ClientSettings.plain(options);
            present = loop().createHttpClient(settings, ClientSettings.pool());
            if (tls) {
                secure = present;
            } else {
                plain = present;
            }
        }
        return present;
    }

    private Vertx loop() {
        Vertx loop = vertx;
        if (loop == null) {
            loop = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(2).setUseDaemonThread(true));
            vertx = loop;
        }
        return loop;
    }

    /** Cuts all connections, and waits a moment for that. */
    @Override
    public void close() {
        Vertx loop;
        synchronized (this) {
            closed = true;
            loop = vertx;
            vertx = null;
            plain = null;
            secure = null;
        }
        if (loop != null) {
            awaitEnd(loop.close());
        }
    }

    /** A JVM that ends while the loop is within a call of the system waits 0.3 s for it; the loop's end takes 3 ms. */
    private static void awaitEnd(Future<Void> end) {
        try {
            end.toCompletionStage().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // What is still open is cut with the process.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
