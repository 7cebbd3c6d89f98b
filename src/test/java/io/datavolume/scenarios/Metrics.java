package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Scrapes a worker's metrics as the controller does: HTTPS, without verification. */
final class Metrics implements AutoCloseable {

    private final HttpClient client;
    private final int port;

    Metrics(int port) throws GeneralSecurityException {
        this.port = port;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new TrustsAll()}, null);
        client = HttpClient.newBuilder().sslContext(context).build();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Percent of the import; empty while nobody listens. */
    Optional<Double> progress(String uid) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = get("/metrics");
        } catch (IOException e) {
            return Optional.empty();
        }
        assertEquals(200, response.statusCode());
        // The expression that scrapes workers in clusters today.
        Matcher line = Pattern.compile("(?m)^kubevirt_cdi_import_progress_total\\{ownerUID=\"" + uid
                + "\"} (\\d{1,3}\\.?\\d*)").matcher(response.body());
        if (!line.find()) {
            throw new AssertionError("no metric in " + response.body());
        }
        return Optional.of(Double.parseDouble(line.group(1)));
    }

    int statusOf(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }

    /** The extended kind, as only that one is not followed by a check of the host's name. */
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
