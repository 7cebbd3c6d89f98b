package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.importer.http.testing.Faults;
import io.datavolume.importer.http.testing.MisbehavingServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes on after a server, a mirror or a way there has changed. */
@Timeout(60)
class HttpRecoveryTest {

    private static final byte[] CONTENT = new byte[2_000_003];
    private static final HttpOptions OPTIONS = HttpOptions.DEFAULT.withTimes(Duration.ofSeconds(5),
            Duration.ofSeconds(50), Duration.ofSeconds(20)).withConnections(1);

    static {
        new Random(5).nextBytes(CONTENT);
    }

    @Test
    void mirrorThatIsGoneIsLeftForAnother() throws IOException {
        AtomicReference<String> target = new AtomicReference<>("");
        AtomicInteger asked = new AtomicInteger();
        try (var dying = MisbehavingServer.serving(CONTENT, Faults.NONE.cuttingAt(900_000, 1));
                var other = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            target.set(dying.uri().toString());
            HttpServer redirector = redirector(target::get, asked);
            try (var source = HttpSource.open(uri(redirector, ""), OPTIONS); InputStream in = source.stream(0)) {
                byte[] begin = in.readNBytes(900_000);
                int probing = asked.get();
                dying.close();
                target.set(other.uri().toString());
                byte[] rest = in.readAllBytes();
                assertArrayEquals(Arrays.copyOf(CONTENT, 900_000), begin);
                assertArrayEquals(Arrays.copyOfRange(CONTENT, 900_000, CONTENT.length), rest);
                assertEquals(probing + 1, asked.get());
                assertEquals("bytes=900000-", other.gets().getFirst().headers().get("range"));
            } finally {
                redirector.stop(0);
            }
        }
    }

    @Test
    void deadMirrorIsAskedForOnceAndAnotherOneIsFound() throws IOException {
        String dead;
        try (var gone = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            dead = gone.uri().toString();
        }
        AtomicInteger asked = new AtomicInteger();
        try (var alive = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            HttpServer redirector = redirector(
                    () -> asked.get() <= 2 ? dead : alive.uri().toString(), asked);
            try (var source = HttpSource.open(uri(redirector, ""), OPTIONS)) {
                assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
                assertEquals(3, asked.get(), "HEAD and GET to the dead one, then HEAD to the other");
            } finally {
                redirector.stop(0);
            }
        }
    }

    /** The client remembers a connection for as long as one may take to be made, and with it what hangs on it. */
    @Test
    void connectionsThatWereCutKeepNoMemory() throws Exception {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.cuttingAt(100_000, 100));
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            long before = directMemory();
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            long kept;
            do {
                System.gc();
                Thread.sleep(20);
                kept = directMemory() - before;
            } while (kept > 1 << 20 && System.nanoTime() < deadline);
            assertTrue(kept <= 1 << 20, kept + " bytes of direct memory");
        }
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    @Test
    void placeOfARedirectIsAskedForOnceAndThenPinned() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (var mirror = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            HttpServer redirector = redirector(() -> mirror.uri().toString(), asked);
            try (var source = HttpSource.open(uri(redirector, ""), OPTIONS)) {
                for (int i = 0; i < 5; i++) {
                    source.ranges().orElseThrow().readFully(i * 1000L, ByteBuffer.allocate(100));
                }
                assertEquals(1, asked.get());
            } finally {
                redirector.stop(0);
            }
        }
    }

    @Test
    void redirectToAQueryAloneKeepsThePath() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            AtomicInteger asked = new AtomicInteger();
            HttpServer redirector = redirector(() -> "?signed=1", asked);
            try {
                assertThrows(NeedsUserException.class, () -> HttpSource.open(uri(redirector, "/a/disk.img"), OPTIONS));
                assertEquals("/a/disk.img?signed=1", LAST.get());
            } finally {
                redirector.stop(0);
            }
        }
    }

    @Test
    void cutWithoutAValidatorIsToldAtOnce() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withoutValidators().cuttingAt(700_000, 1));
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertThrows(RetryableException.class, () -> source.stream(0).readAllBytes());
            assertEquals(1, server.gets().size());
        }
    }

    @Test
    void rangesThatHeadDoesNotAnnounceAreFound() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.servingRangesSecretly());
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            ByteBuffer part = ByteBuffer.allocate(1000);
            source.ranges().orElseThrow().readFully(1_000_000, part);
            assertEquals(ByteBuffer.wrap(CONTENT, 1_000_000, 1000), part.flip());
        }
    }

    @Test
    void lengthZeroOfHeadIsNotBelieved() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withEmptyHead());
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertEquals(CONTENT.length, source.length().orElseThrow());
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void lengthThatNoImageHasIsRefused() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT,
                Faults.NONE.withoutHead().withoutRanges().withWrongLength(1L << 53))) {
            var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(server.uri(), OPTIONS));
            assertEquals(Reason.REFUSED_IMAGE, failure.reason());
        }
    }

    @Test
    void userInfoOfTheUrlIsBasicAuthenticationAndIsNotShown() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.requiring("Basic dTpwQC8r"));
                var source = HttpSource.open(
                        URI.create(server.uri().toString().replace("http://", "http://u:p%40%2f+@")), OPTIONS)) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertEquals(server.uri().toString(), source.displayName());
        }
    }

    @Test
    void optionsWinOverUserInfo() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.requiring("Basic dXNlcjpzZWNyZXQ="));
                var source = HttpSource.open(URI.create(server.uri().toString().replace("http://", "http://u:p@")),
                        OPTIONS.withCredentials(Optional.of("user"), Optional.of("secret"), List.of()))) {
            assertEquals(CONTENT.length, source.length().orElseThrow());
        }
    }

    @Test
    void userInfoThatCannotBeSentIsNotRepeated() {
        var failure = assertThrows(NeedsUserException.class,
                () -> HttpSource.open(URI.create("http://us%3Aer:hunter2@127.0.0.1:1/"), OPTIONS));
        assertEquals(Reason.USAGE, failure.reason());
        assertFalse(failure.toString().contains("hunter2"), failure.toString());
    }

    @Test
    void thisComputerIsReachedWithoutAProxy() {
        ProxySettings settings = ProxySettings
                .fromEnvironment(Map.of("http_proxy", "proxy:3128", "https_proxy", "proxy:3128"));
        for (String host : List.of("localhost", "127.0.0.1", "127.8.8.8", "[::1]")) {
            assertTrue(settings.proxyFor(URI.create("http://" + host + ":8100/disk.img")).isEmpty(), host);
            assertTrue(settings.proxyFor(URI.create("https://" + host + "/")).isEmpty(), host);
        }
        assertTrue(settings.proxyFor(URI.create("http://localhost.example/")).isPresent());
    }

    private static final AtomicReference<String> LAST = new AtomicReference<>("");

    /** Answers 302 to everything but what carries a query, which it answers with 404. */
    private static HttpServer redirector(Supplier<String> target, AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            boolean arrived = exchange.getRequestURI().getQuery() != null;
            LAST.set(exchange.getRequestURI().toString());
            exchange.getResponseHeaders().add("Location", target.get());
            exchange.sendResponseHeaders(arrived ? 404 : 302, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI uri(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + (path.isEmpty() ? "/image" : path));
    }
}
