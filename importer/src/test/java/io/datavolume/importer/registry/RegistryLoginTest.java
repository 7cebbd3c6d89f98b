package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.datavolume.image.failure.NeedsUserException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLoginTest {

    private static final String CREDENTIALS = TokenServer.USER + ":" + TokenServer.PASSWORD;
    private static final Duration RETRY = Duration.ofSeconds(20);
    private static final RegistryAccess ANONYMOUS = new RegistryAccess(new RegistryCredentials.Anonymous(), true,
            RETRY);
    private static final RegistryAccess USER = basic(TokenServer.PASSWORD);

    @TempDir
    Path folder;

    @Test
    void passwordOpensARegistryWithBasicAuthentication() throws Exception {
        try (RegistryProcess registry = withPassword()) {
            String name = registry.image("private/disk:1");
            RegistryStoreTest.push(image("basic"), name, "--dest-creds=" + CREDENTIALS);
            assertEquals("basic", RegistryStoreTest.pull(name, USER));
            DockerConfig config = DockerConfig.parse("{\"auths\":{\"127.0.0.1:%d\":{\"auth\":\"%s\"}}}"
                    .formatted(registry.port,
                            Base64.getEncoder().encodeToString(CREDENTIALS.getBytes(StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.UTF_8));
            RegistryCredentials fromFile = config
                    .credentialsFor((ImageReference.Remote) ImageReference.parse(name));
            assertEquals("basic", RegistryStoreTest.pull(name, new RegistryAccess(fromFile, true, RETRY)));
            assertDenied(name, ANONYMOUS);
            assertDenied(name, basic("wrong"));
        }
    }

    @Test
    void passwordIsExchangedForAToken() throws Exception {
        try (TokenServer tokens = new TokenServer();
                RegistryProcess registry = new RegistryProcess(folder, tokens.auth(folder))) {
            String name = registry.image("private/disk:1");
            RegistryStoreTest.push(image("token"), name, "--dest-creds=" + CREDENTIALS);
            tokens.requests.clear();
            assertEquals("token", RegistryStoreTest.pull(name, USER));
            assertEquals(List.of("GET repository:private/disk:pull"), tokens.requests);
            assertDenied(name, ANONYMOUS);
            assertDenied(name, basic("wrong"));
        }
    }

    @Test
    void identityTokenIsExchangedForAToken() throws Exception {
        try (TokenServer tokens = new TokenServer();
                RegistryProcess registry = new RegistryProcess(folder, tokens.auth(folder))) {
            String name = registry.image("private/disk:1");
            RegistryStoreTest.push(image("identity"), name, "--dest-creds=" + CREDENTIALS);
            tokens.requests.clear();
            assertEquals("identity", RegistryStoreTest.pull(name,
                    new RegistryAccess(new RegistryCredentials.IdentityToken(TokenServer.REFRESH), true, RETRY)));
            assertEquals(List.of("POST repository:private/disk:pull"), tokens.requests);
        }
    }

    @Test
    void tokenThatRunsOutIsRenewed() throws Exception {
        try (TokenServer tokens = new TokenServer();
                RegistryProcess registry = new RegistryProcess(folder, tokens.auth(folder))) {
            String name = registry.image("private/disk:1");
            RegistryStoreTest.push(image("renewed"), name, "--dest-creds=" + CREDENTIALS);
            tokens.requests.clear();
            tokens.seconds = -58;
            try (ImageStore store = RegistryStoreTest.open(name, USER);
                    ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
                Thread.sleep(4000);
                assertEquals("renewed", new String(disk.open().content().readAllBytes(), StandardCharsets.UTF_8));
                disk.verifyRest();
            }
            assertEquals(2, tokens.requests.size());
        }
    }

    @Test
    void tokenServerWithoutEncryptionGetsNothing() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server = server(seen, exchange -> {});
        try {
            RegistryAuthorizer authorizer = new RegistryAuthorizer(new JdkHttp(),
                    new RegistryAccess(USER.credentials(), false, RETRY),
                    (ImageReference.Remote) ImageReference.parse("docker://registry.example.com/a"));
            NeedsUserException failure = assertThrows(NeedsUserException.class,
                    () -> authorizer.renew(java.util.Optional.empty(), List.of(
                            "Bearer realm=\"http://127.0.0.1:" + server.getAddress().getPort() + "/token\"")));
            assertEquals(NeedsUserException.Reason.ACCESS_DENIED, failure.reason());
            assertTrue(seen.isEmpty());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void redirectedBlobIsFetchedWithoutCredentials() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RegistryProcess registry = withPassword()) {
            RegistryStoreTest.push(image("redirected"), registry.image("disk:1"), "--dest-creds=" + CREDENTIALS);
            HttpServer store = server(seen, exchange -> {
                Path blob = registry.blob(Digest.parse(Path.of(exchange.getRequestURI().getPath()).getFileName()
                        .toString()));
                exchange.sendResponseHeaders(200, java.nio.file.Files.size(blob));
                java.nio.file.Files.copy(blob, exchange.getResponseBody());
            });
            HttpServer front = server(new CopyOnWriteArrayList<>(), exchange -> {
                boolean blob = exchange.getRequestURI().getPath().contains("/blobs/");
                int port = blob ? store.getAddress().getPort() : registry.port;
                exchange.getResponseHeaders().add("Location",
                        "http://127.0.0.1:" + port + exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(307, -1);
            });
            try {
                NeedsUserException denied = assertThrows(NeedsUserException.class, () -> RegistryStoreTest
                        .pull("docker://127.0.0.1:" + front.getAddress().getPort() + "/disk:1", USER));
                assertEquals(NeedsUserException.Reason.ACCESS_DENIED, denied.reason());
                assertEquals("redirected", pullThrough(registry, store));
            } finally {
                front.stop(0);
                store.stop(0);
            }
            assertFalse(seen.isEmpty());
            assertTrue(seen.stream().allMatch("null"::equals), seen.toString());
        }
    }

    /** A registry whose manifests are its own and whose blobs are redirected, as with S3 behind it. */
    private static String pullThrough(RegistryProcess registry, HttpServer store) throws Exception {
        JdkHttp client = new JdkHttp();
        HttpServer front = server(new CopyOnWriteArrayList<>(), exchange -> {
            String path = exchange.getRequestURI().getPath();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            try (RegistryHttp.Reply reply = client.get(
                    java.net.URI.create("http://127.0.0.1:" + registry.port + path),
                    authorization == null
                            ? java.util.Map.of("Accept", MediaTypes.ACCEPT)
                            : java.util.Map.of("Accept", MediaTypes.ACCEPT, "Authorization", authorization))) {
                reply.header("WWW-Authenticate").forEach(v -> exchange.getResponseHeaders().add("WWW-Authenticate", v));
                if (path.contains("/blobs/") && reply.status() == 200) {
                    exchange.getResponseHeaders().add("Location",
                            "http://127.0.0.1:" + store.getAddress().getPort() + path);
                    exchange.sendResponseHeaders(307, -1);
                    return;
                }
                byte[] body = reply.body().readAllBytes();
                exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        try {
            return RegistryStoreTest.pull("docker://127.0.0.1:" + front.getAddress().getPort() + "/disk:1", USER);
        } finally {
            front.stop(0);
        }
    }

    private static HttpServer server(List<String> authorizations, com.sun.net.httpserver.HttpHandler handler)
            throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    private RegistryProcess withPassword() throws Exception {
        Path passwords = folder.resolve("htpasswd");
        Tools.run(folder, "htpasswd", "-cbB", passwords.toString(), TokenServer.USER, TokenServer.PASSWORD);
        return new RegistryProcess(folder, "htpasswd: {realm: tests, path: " + passwords + "}");
    }

    private TestImage image(String content) throws Exception {
        return new TestImage(folder).layer("mkdir disk; printf " + content + " > disk/vm.img");
    }

    private static void assertDenied(String name, RegistryAccess access) {
        NeedsUserException failure = assertThrows(NeedsUserException.class,
                () -> RegistryStoreTest.pull(name, access));
        assertEquals(NeedsUserException.Reason.ACCESS_DENIED, failure.reason());
        assertFalse(String.valueOf(failure.getMessage()).contains(TokenServer.PASSWORD));
    }

    private static RegistryAccess basic(String password) {
        return new RegistryAccess(new RegistryCredentials.Basic(TokenServer.USER, password), true, RETRY);
    }
}
