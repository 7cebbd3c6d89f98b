package io.datavolume.scenarios.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The part of a node that an API server asks for logs, for nodes that a scenario plays itself. It serves TLS on loopback
 * with a certificate of its own, which an API server without {@code --kubelet-certificate-authority} takes.
 */
final class KubeletLogs implements AutoCloseable {

    private static final char[] PASSWORD = "password".toCharArray();

    private final HttpsServer server;

    /**
     * Starts to serve.
     *
     * @param home a folder for the key
     * @param logs text for a path and query, {@code /containerLogs/NAMESPACE/POD/CONTAINER?tailLines=…}
     */
    KubeletLogs(Path home, Function<String, String> logs) throws IOException, GeneralSecurityException,
            InterruptedException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys(home).getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/containerLogs/", exchange -> answer(exchange, logs));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, Function<String, String> logs) throws IOException {
        byte[] text = logs.apply(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private static KeyManagerFactory keys(Path home) throws IOException, GeneralSecurityException,
            InterruptedException {
        Path file = home.resolve("kubelet.p12");
        int made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias", "kubelet", "-keyalg", "EC", "-dname", "CN=kubelet", "-ext", "SAN=ip:127.0.0.1", "-keystore",
                file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD)).inheritIO().start()
                .waitFor();
        if (made != 0) {
            throw new AssertionError("keytool made no key");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys;
    }
}
