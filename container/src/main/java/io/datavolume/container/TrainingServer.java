package io.datavolume.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A disk on a web server, and in a registry with an authority of its own; both for this machine only. */
final class TrainingServer implements AutoCloseable {

    private static final byte[] DISK = new byte[1 << 20];
    private static final String PASSWORD = "training";
    private static final String OCI = "application/vnd.oci.image.";

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpServer web = HttpServer.create(ANY_PORT, 0);
    private final HttpsServer registry = HttpsServer.create(ANY_PORT, 0);
    private final Path authority;
    private final Map<String, Answer> answers = new HashMap<>();

    private record Answer(String type, byte[] body) {}

    /** @param folder to work in */
    TrainingServer(Path folder) throws IOException, InterruptedException {
        answers.put("/disk.raw", new Answer("application/octet-stream", DISK));
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Files.write(disk.resolve("disk.raw"), DISK);
        Path layer = folder.resolve("layer.tar.gz");
        ImageRoot.run(new ProcessBuilder("tar", "-C", folder.toString(), "-czf", layer.toString(), "disk"));
        String config = blob("config.v1+json", """
                {"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": []}}"""
                .getBytes(StandardCharsets.UTF_8));
        String content = blob("layer.v1.tar+gzip", Files.readAllBytes(layer));
        answers.put("/v2/", new Answer("application/json", new byte[0]));
        answers.put("/v2/disk/manifests/1", new Answer(OCI + "manifest.v1+json", """
                {"schemaVersion": 2, "mediaType": "%smanifest.v1+json", "config": %s, "layers": [%s]}"""
                .formatted(OCI, config, content).getBytes(StandardCharsets.UTF_8)));
        authority = folder.resolve("authority.pem");
        registry.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("keys"), authority)));
        for (HttpServer server : List.of(web, registry)) {
            server.createContext("/", this::answer);
            server.start();
        }
    }

    /** Address of the web server. */
    String web() {
        return "127.0.0.1:" + web.getAddress().getPort();
    }

    /** Address of the registry. */
    String registry() {
        return "127.0.0.1:" + registry.getAddress().getPort();
    }

    /** File with the certificate by which the registry is known. */
    Path authority() {
        return authority;
    }

    /** Makes a key and its certificate, and writes the latter to a file. */
    private static SSLContext context(Path store, Path certificate) throws IOException, InterruptedException {
        String keytool = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
        List<String> of = List.of("-alias", "k", "-keystore", store.toString(), "-storepass", PASSWORD);
        keytool(keytool, of, "-genkeypair", "-keyalg", "EC", "-dname", "CN=training", "-ext", "SAN=IP:127.0.0.1");
        keytool(keytool, of, "-exportcert", "-rfc", "-file", certificate.toString());
        try (InputStream keys = Files.newInputStream(store)) {
            KeyStore opened = KeyStore.getInstance("PKCS12");
            opened.load(keys, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(opened, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the training's key cannot be used", e);
        }
    }

    private static void keytool(String program, List<String> of, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(words));
        command.addAll(of);
        ImageRoot.run(new ProcessBuilder(command));
    }

    /** Serves a blob, and gives its descriptor. */
    private String blob(String type, byte[] body) {
        String digest = digest(body);
        answers.put("/v2/disk/blobs/" + digest, new Answer("application/octet-stream", body));
        return "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}".formatted(OCI + type, digest, body.length);
    }

    private static String digest(byte[] body) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answers.get(exchange.getRequestURI().getPath());
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(answer.body().length));
            }
            exchange.sendResponseHeaders(200, head || answer.body().length == 0 ? -1 : answer.body().length);
            if (!head) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    @Override
    public void close() {
        web.stop(0);
        registry.stop(0);
    }
}
