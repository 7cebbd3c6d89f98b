package io.datavolume.importer.registry;

import io.datavolume.importer.http.HttpExchange;
import io.datavolume.importer.http.HttpFailures;
import io.datavolume.importer.http.HttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A registry's requests on the transport that all sources use, with its trust, proxies and limits. */
public final class TransportHttp implements RegistryHttp {

    private final HttpTransport transport;

    /** @param transport stays the caller's to close */
    public TransportHttp(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public Reply get(URI uri, Map<String, String> headers) throws IOException {
        return reply(uri, () -> transport.send("GET", uri, headers));
    }

    @Override
    public Reply post(URI uri, Map<String, String> headers, byte[] form) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        return reply(uri, () -> transport.send("POST", uri, all, form));
    }

    private interface Request {
        HttpExchange send() throws IOException;
    }

    private static Reply reply(URI uri, Request request) throws IOException {
        try {
            return new ExchangeReply(request.send());
        } catch (IOException e) {
            throw HttpFailures.broken("Tried to reach the registry " + uri.getAuthority(), e);
        }
    }

    private record ExchangeReply(HttpExchange exchange) implements Reply {

        @Override
        public int status() {
            return exchange.status();
        }

        @Override
        public List<String> header(String name) {
            return exchange.headers().all(name);
        }

        @Override
        public InputStream body() {
            return exchange.body();
        }

        @Override
        public void close() {
            exchange.close();
        }
    }
}
