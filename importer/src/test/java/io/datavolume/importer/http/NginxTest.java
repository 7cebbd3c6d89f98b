package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.http.testing.ConnectProxy;
import io.datavolume.importer.http.testing.Faults;
import io.datavolume.importer.http.testing.MisbehavingServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server over TLS, with a private authority and basic authentication. */
@Timeout(60)
class NginxTest {

    private static final byte[] CONTENT = new byte[5_000_000];

    @TempDir
    static Path folder;

    private static Process nginx;
    private static URI uri;

    @BeforeAll
    static void start() throws Exception {
        new Random(3).nextBytes(CONTENT);
        Files.createDirectory(folder.resolve("www"));
        Files.write(folder.resolve("www/disk.img"), CONTENT);
        Files.write(folder.resolve("www/disk.img.gz"), CONTENT);
        authority();
        run("sh", "-c", "printf 'user:%s\\n' \"$(openssl passwd -apr1 secret)\" > passwords");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; worker_processes 1; pid %1$s/pid; error_log %1$s/error.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                  uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                  server {
                    listen 127.0.0.1:%2$d ssl;
                    ssl_certificate %1$s/server.pem; ssl_certificate_key %1$s/server.key;
                    auth_basic "images"; auth_basic_user_file %1$s/passwords;
                    root %1$s/www;
                    location ~ gz$ { add_header Content-Encoding x-gzip; }
                    location = /plain { return 302 http://localhost:1/disk.img; }
                  }
                }
                """.formatted(folder, port));
        // workers of a server that root starts run as another user
        run("chmod", "-R", "a+rX", ".");
        nginx = new ProcessBuilder("nginx", "-e", folder + "/error.log", "-p", folder.toString(), "-c",
                folder + "/nginx.conf").redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile()).start();
        uri = URI.create("https://localhost:" + port + "/disk.img");
        for (int i = 0; i < 200 && !listens(port); i++) {
            Thread.sleep(25);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.destroy();
        nginx.waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void privateAuthorityAndPasswordOpenTheObject() throws IOException {
        try (HttpSource source = HttpSource.open(uri, trusting())) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertTrue(source.validator().orElseThrow().startsWith("etag \""));
            ByteBuffer part = ByteBuffer.allocate(1000);
            source.ranges().orElseThrow().readFully(4_000_000, part);
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 4_000_000, 4_001_000), part.array());
        }
    }

    /** As Apache's usual configuration announces it. */
    @Test
    void fileThatIsNamedAsGzipIsReadAsItIsStored() throws IOException {
        try (HttpSource source = HttpSource.open(uri.resolve("disk.img.gz"), trusting())) {
            assertEquals(CONTENT.length, source.length().orElseThrow());
            assertTrue(source.ranges().isPresent());
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void folderOfAuthoritiesIsTrusted() throws IOException {
        try (HttpSource source = HttpSource.open(uri, trusting().withTrust(List.of(folder), false))) {
            assertEquals(CONTENT.length, source.length().orElseThrow());
        }
    }

    @Test
    void unknownAuthorityIsRefusedWithAHint() {
        var failure = assertThrows(NeedsUserException.class,
                () -> HttpSource.open(uri, trusting().withTrust(List.of(), false)));
        assertEquals(Reason.ACCESS_DENIED, failure.reason());
        assertTrue(failure.toString().contains("--ca"), failure.toString());
        assertTrue(failure.toString().contains("certification path"), failure.toString());
    }

    @Test
    void certificateOfAnotherHostIsRefused() {
        URI other = URI.create(uri.toString().replace("localhost", "127.0.0.1"));
        var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(other, trusting()));
        assertEquals(Reason.ACCESS_DENIED, failure.reason());
    }

    @Test
    void insecureTakesAnyCertificate() throws IOException {
        URI other = URI.create(uri.toString().replace("localhost", "127.0.0.1"));
        try (HttpSource source = HttpSource.open(other, trusting().withTrust(List.of(), true))) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void wrongPasswordIsDenied() {
        HttpOptions wrong = trusting().withCredentials(Optional.of("user"), Optional.of("wrong"), List.of());
        var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(uri, wrong));
        assertEquals(Reason.ACCESS_DENIED, failure.reason());
        assertTrue(failure.toString().contains("got 401. Status: 401 Unauthorized"), failure.toString());
    }

    @Test
    void redirectThatLeavesTlsIsRefused() {
        var failure = assertThrows(NeedsUserException.class,
                () -> HttpSource.open(uri.resolve("/plain"), trusting()));
        assertEquals(Reason.ACCESS_DENIED, failure.reason());
        assertTrue(failure.toString().contains("redirects from https"), failure.toString());
    }

    @Test
    void redirectThatEntersTlsOnTheSameHostKeepsTheCredentials() throws IOException {
        try (var plain = MisbehavingServer.serving(CONTENT, Faults.NONE.requiring("Basic dXNlcjpzZWNyZXQ=")
                .redirecting(1, Optional.of(uri.toString())));
                HttpSource source = HttpSource.open(
                        URI.create(plain.uri().toString().replace("127.0.0.1", "localhost")), trusting())) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void redirectThatEntersTlsOnAnotherHostDropsThem() throws IOException {
        try (var plain = MisbehavingServer.serving(CONTENT, Faults.NONE.requiring("Basic dXNlcjpzZWNyZXQ=")
                .redirecting(1, Optional.of(uri.toString())))) {
            var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(plain.uri(), trusting()));
            assertTrue(failure.toString().contains("got 401"), failure.toString());
        }
    }

    @Test
    void proxyTunnelsTlsToTheServerOfTheUrl() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.to(uri.getPort(), "Basic cDpx");
                HttpSource source = HttpSource.open(URI.create("https://images.invalid/disk.img"),
                        through(proxy, "p:q@"))) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertEquals("CONNECT images.invalid:443 HTTP/1.1", proxy.asked().getFirst());
        }
    }

    @Test
    void proxyThatRefusesIsToldApartFromTheServer() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.to(uri.getPort(), "Basic cDpx")) {
            var failure = assertThrows(NeedsUserException.class,
                    () -> HttpSource.open(URI.create("https://images.invalid/disk.img"), through(proxy, "")));
            assertEquals(Reason.ACCESS_DENIED, failure.reason());
            assertTrue(failure.toString().contains("proxy"), failure.toString());
        }
    }

    private static HttpOptions through(ConnectProxy proxy, String login) {
        return trusting().withNetwork(ProxySettings
                .fromEnvironment(Map.of("https_proxy", "http://" + login + "127.0.0.1:" + proxy.port())), List.of());
    }

    private static HttpOptions trusting() {
        return HttpOptions.DEFAULT.withTrust(List.of(folder.resolve("ca.pem")), false)
                .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1))
                .withCredentials(Optional.of("user"), Optional.of("secret"), List.of());
    }

    private static void authority() throws Exception {
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                "2", "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem");
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                "/CN=localhost", "-keyout", "server.key", "-out", "server.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost,DNS:images.invalid\n");
        run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "2", "-extfile", "names", "-out", "server.pem");
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
