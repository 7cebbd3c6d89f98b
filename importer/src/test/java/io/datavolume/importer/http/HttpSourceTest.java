package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.RetryableException;
import io.datavolume.importer.http.testing.Faults;
import io.datavolume.importer.http.testing.MisbehavingServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpSourceTest {

    private static final byte[] CONTENT = content(3_000_017);
    /** Far longer than anything here takes: a stall would count as a cut. */
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final HttpOptions OPTIONS = HttpOptions.DEFAULT.withTimes(NEVER, NEVER, NEVER).withConnections(1);
    private static final HttpOptions IMPATIENT = OPTIONS.withTimes(NEVER, NEVER, Duration.ofMillis(900));

    @Test
    void soundServerIsReadWhole() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE);
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertEquals(OptionalLong.of(CONTENT.length), source.length());
            assertEquals(Optional.of("etag \"first\""), source.validator());
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertEquals(CONTENT.length, source.bytesReceived());
            assertEquals("HEAD", server.requests().getFirst().method());
            assertEquals("identity", server.requests().getFirst().headers().get("accept-encoding"));
        }
    }

    @Test
    void streamBeginsAtAnyOffset() throws IOException {
        assertRead(Faults.NONE, 1_234_567);
    }

    @Test
    void streamIsAChannelToo() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE);
                var source = HttpSource.open(server.uri(), OPTIONS);
                var channel = (ReadableByteChannel) source.stream(0)) {
            ByteBuffer all = ByteBuffer.allocateDirect(CONTENT.length + 1);
            while (channel.read(all) >= 0) {
            }
            assertEquals(ByteBuffer.wrap(CONTENT), all.flip());
        }
    }

    @Test
    void cutConnectionsAreResumedAtTheExactByte() throws IOException {
        MisbehavingServer server = assertRead(Faults.NONE.cuttingAt(700_000, 3), 0);
        List<String> ranges = server.gets().stream().skip(1).map(get -> get.headers().get("range")).toList();
        assertEquals(List.of("bytes=700000-", "bytes=1400000-", "bytes=2100000-"), ranges);
        assertEquals("\"first\"", server.gets().getLast().headers().get("if-range"));
        assertEquals(CONTENT.length, server.bytesServed());
    }

    @Test
    void stalledConnectionIsResumed() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.stallingAt(500_000, 1));
                var source = HttpSource.open(server.uri(), OPTIONS.withTimes(NEVER, Duration.ofMillis(400), NEVER))) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertEquals("bytes=500000-", server.gets().get(1).headers().get("range"));
        }
    }

    @Test
    void chunkedBodyThatIsCutIsResumed() throws IOException {
        assertRead(Faults.NONE.chunked().cuttingAt(500_000, 2), 0);
    }

    @Test
    void longerStatedLengthIsACut() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withoutHead().withoutRanges()
                .withWrongLength(100)); var source = HttpSource.open(server.uri(), IMPATIENT)) {
            assertEquals(OptionalLong.of(CONTENT.length + 100), source.length());
            assertThrows(RetryableException.class, () -> source.stream(0).readAllBytes());
        }
    }

    @Test
    void chunkedServerWithoutLengthIsReadWhole() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withoutRanges().chunked());
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertTrue(source.length().isEmpty());
            assertTrue(source.ranges().isEmpty());
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void serverWithoutHeadIsProbedByRange() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withoutHead());
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertEquals(OptionalLong.of(CONTENT.length), source.length());
            assertTrue(source.ranges().isPresent());
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void withoutRangesTheSameBytesAreReadAgain() throws IOException {
        MisbehavingServer server = assertRead(Faults.NONE.withoutRanges().cuttingAt(700_000, 2), 0);
        assertEquals(CONTENT.length + 1_400_000, server.bytesServed());
    }

    @Test
    void withoutValidatorACutIsFinalButRetryable() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withoutValidators().cuttingAt(700_000, 1));
                var source = HttpSource.open(server.uri(), IMPATIENT)) {
            assertTrue(source.validator().isEmpty());
            assertTrue(source.ranges().isEmpty());
            var failure = assertThrows(RetryableException.class, () -> source.stream(0).readAllBytes());
            assertTrue(failure.toString().contains("neither ETag nor Last-Modified"), failure.toString());
            assertEquals(1, server.gets().size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changedObjectIsNeverMixed(boolean ranges) throws IOException {
        Faults faults = Faults.NONE.cuttingAt(700_000, 1).changingAfter(1);
        assertChanged(ranges ? faults : faults.withoutRanges());
    }

    @Test
    void changedObjectIsNoticedWhereIfRangeIsIgnored() throws IOException {
        assertChanged(Faults.NONE.cuttingAt(700_000, 1).changingAfter(1).ignoringIfRange());
    }

    @Test
    void lyingContentRangeIsNotBelieved() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.cuttingAt(700_000, 1).shiftingRanges(1));
                var source = HttpSource.open(server.uri(), IMPATIENT)) {
            assertThrows(RetryableException.class, () -> source.stream(0).readAllBytes());
        }
    }

    @Test
    void unavailableServerIsAskedAgain() throws IOException {
        assertRead(Faults.NONE.failing(4, 503, Optional.empty()), 0);
    }

    @Test
    void serverThatFailsThreeTimesOfFourIsReadToItsEnd() throws IOException {
        MisbehavingServer server = assertRead(Faults.NONE.failingOfFour(3).cuttingAt(900_000, 3), 0);
        assertEquals(CONTENT.length + 1, server.bytesServed(), "all bytes once, and the first one to ask for ranges");
    }

    @Test
    void serverThatAsksForPatienceIsReadLater() throws IOException {
        assertRead(Faults.NONE.failing(2, 429, Optional.of("1")), 0);
    }

    @Test
    void unavailableServerFailsInTheEndWithItsStatus() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.failing(1000, 503, Optional.empty()))) {
            var failure = assertThrows(RetryableException.class, () -> HttpSource.open(server.uri(), IMPATIENT));
            assertTrue(failure.toString().contains("expected status code 200, got 503. Status: 503 Failed"),
                    failure.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "410,NOT_FOUND", "401,ACCESS_DENIED", "403,ACCESS_DENIED", "407,ACCESS_DENIED",
        "400,NOT_FOUND"})
    void otherStatusesNeedTheUser(int status, Reason reason) throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.failing(1000, status, Optional.empty()))) {
            URI secret = URI.create(server.uri().toString().replace("//", "//u:secret@") + "?token=secret");
            var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(secret, OPTIONS));
            assertEquals(reason, failure.reason());
            assertTrue(failure.toString().contains("expected status code 200, got " + status + ". Status: " + status));
            assertFalse(failure.toString().contains("secret"), failure.toString());
        }
    }

    @Test
    void refusedConnectionIsRetryable() throws IOException {
        URI gone;
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            gone = server.uri();
        }
        assertThrows(RetryableException.class, () -> HttpSource.open(gone, IMPATIENT));
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        assertRead(Faults.NONE.redirecting(10, Optional.empty()), 0);
    }

    @Test
    void endlessRedirectsAreRefused() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.redirecting(11, Optional.empty()))) {
            var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(server.uri(), OPTIONS));
            assertTrue(failure.toString().contains("redirects more than 10 times"), failure.toString());
            assertEquals(Reason.NOT_FOUND, failure.reason());
            assertEquals(11, server.requests().size());
        }
    }

    @Test
    void credentialsStayWithTheirOrigin() throws IOException {
        HttpOptions options = OPTIONS.withCredentials(Optional.of("user"), Optional.of("secret"),
                List.of("X-Token: secret"));
        try (var other = MisbehavingServer.serving(CONTENT, Faults.NONE);
                var first = MisbehavingServer.serving(CONTENT, Faults.NONE.requiring("Basic dXNlcjpzZWNyZXQ=")
                        .redirecting(2, Optional.of(other.uri().toString())));
                var source = HttpSource.open(first.uri(), options)) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertTrue(first.requests().stream().allMatch(r -> r.has("authorization") && r.has("x-token")));
            assertTrue(other.requests().stream().noneMatch(r -> r.has("authorization") || r.has("x-token")));
            assertFalse(other.requests().isEmpty());
        }
    }

    @Test
    void deniedAddressIsNotConnectedTo() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            HttpOptions options = OPTIONS.withNetwork(ProxySettings.NONE, List.of("127.0.0.0/8", "::1"));
            URI name = URI.create(server.uri().toString().replace("127.0.0.1", "localhost"));
            var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(name, options));
            assertEquals(Reason.ACCESS_DENIED, failure.reason());
            assertEquals(0, server.connections());
        }
    }

    @Test
    void redirectToADeniedAddressIsNotFollowed() throws IOException {
        try (var inner = MisbehavingServer.serving(CONTENT, Faults.NONE);
                var server = MisbehavingServer.serving(CONTENT, Faults.NONE.redirecting(1,
                        Optional.of(inner.uri().toString().replace("127.0.0.1", "[::ffff:127.0.0.2]"))))) {
            HttpOptions options = OPTIONS.withNetwork(ProxySettings.NONE, List.of("127.0.0.2"));
            var failure = assertThrows(NeedsUserException.class, () -> HttpSource.open(server.uri(), options));
            assertEquals(Reason.ACCESS_DENIED, failure.reason());
            assertTrue(failure.toString().contains("denied range"), failure.toString());
            assertEquals(0, inner.connections());
        }
    }

    @Test
    void proxyGetsTheWholeUrl() throws IOException {
        try (var proxy = MisbehavingServer.serving(CONTENT, Faults.NONE);
                var source = HttpSource.open(URI.create("http://images.invalid/disk.img"), OPTIONS.withNetwork(
                        ProxySettings.fromEnvironment(Map.of("http_proxy", "127.0.0.1:"
                                + proxy.uri().getPort())),
                        List.of()))) {
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
            assertTrue(proxy.gets().stream().allMatch(get -> get.target().equals("http://images.invalid/disk.img")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "text/plain"})
    void textIsWarnedOf(String type) throws IOException {
        List<String> warnings = new ArrayList<>();
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.withContentType(type));
                var source = HttpSource.open(server.uri(), OPTIONS, warnings::add)) {
            assertEquals(List.of(source.displayName() + " is served as " + type + ", not as an image"), warnings);
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void gzipCodingIsUndoneEvenAcrossACut() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.codingGzip().cuttingAt(900_000, 1));
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertTrue(source.length().isEmpty());
            assertTrue(source.ranges().isEmpty());
            assertArrayEquals(CONTENT, source.stream(0).readAllBytes());
        }
    }

    @Test
    void slowDripIsNoStall() throws IOException {
        // Longer than the stall timeout in all, each pause far shorter.
        byte[] small = Arrays.copyOf(CONTENT, 5000);
        try (var server = MisbehavingServer.serving(small, Faults.NONE.dripping(Duration.ofMillis(50), 100));
                var source = HttpSource.open(server.uri(), OPTIONS.withTimes(NEVER, Duration.ofSeconds(2), NEVER))) {
            assertArrayEquals(small, source.stream(0).readAllBytes());
            assertEquals(1, server.gets().size());
        }
    }

    @Test
    void slowReaderHoldsTheServerBack() throws Exception {
        byte[] large = content(48 << 20);
        try (var server = MisbehavingServer.serving(large, Faults.NONE);
                var transport = new HttpTransport(OPTIONS, 256 << 10);
                var exchange = transport.send("GET", server.uri(), Map.of())) {
            byte[] begin = exchange.body().readNBytes(1000);
            long served;
            do {
                served = server.bytesServed();
                Thread.sleep(200);
            } while (served != server.bytesServed());
            // The sockets' buffers are full, and nobody reads on.
            assertTrue(served < large.length, "served " + served);
            byte[] rest = exchange.body().readAllBytes();
            assertArrayEquals(Arrays.copyOf(large, 1000), begin);
            assertArrayEquals(Arrays.copyOfRange(large, 1000, large.length), rest);
        }
    }

    @Test
    void rangesAreReadByManyAtOnceAndResumed() throws Exception {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.cuttingAt(100_000, 4));
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            RangeReader ranges = source.ranges().orElseThrow();
            List<Thread> threads = new ArrayList<>();
            byte[] together = new byte[CONTENT.length];
            for (int i = 0; i < 6; i++) {
                int start = i * 500_000;
                int length = Math.min(500_000, CONTENT.length - start);
                threads.add(
                        Thread.ofVirtual().start(() -> read(ranges, start, ByteBuffer.wrap(together, start, length))));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            ranges.readFully(3_000_000, ByteBuffer.wrap(together, 3_000_000, 17));
            assertArrayEquals(CONTENT, together);
        }
    }

    @Test
    void rangeOfAServerWithoutRangesEndsWhereItShould() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.ignoringRanges());
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            try (ReadableByteChannel channel = source.ranges().orElseThrow().open(new ByteRange(10, 20))) {
                ByteBuffer target = ByteBuffer.allocate(100);
                while (channel.read(target) >= 0) {
                }
                assertEquals(ByteBuffer.wrap(CONTENT, 10, 20), target.flip());
            }
        }
    }

    @Test
    void closedStreamWakesItsReader() throws Exception {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.stallingAt(1000, 1));
                var source = HttpSource.open(server.uri(), OPTIONS);
                InputStream stream = source.stream(0)) {
            stream.readNBytes(1000);
            FutureTask<IOException> reading = new FutureTask<>(() -> assertThrows(IOException.class, stream::read));
            Thread reader = Thread.ofPlatform().start(reading);
            while (reader.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            stream.close();
            assertFalse(reading.get() instanceof StalledException);
        }
    }

    @Test
    void connectionsAreUsedAgain() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE);
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            for (int i = 0; i < 5; i++) {
                source.ranges().orElseThrow().readFully(i, ByteBuffer.allocate(1000));
            }
            assertEquals(1, server.connections());
        }
    }

    @Test
    void emptyObjectIsRead() throws IOException {
        try (var server = MisbehavingServer.serving(new byte[0], Faults.NONE);
                var source = HttpSource.open(server.uri(), OPTIONS)) {
            assertEquals(OptionalLong.of(0), source.length());
            assertEquals(-1, source.stream(0).read());
        }
    }

    private static void read(RangeReader ranges, long offset, ByteBuffer target) {
        try {
            ranges.readFully(offset, target);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertChanged(Faults faults) throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, faults);
                var source = HttpSource.open(server.uri(), OPTIONS);
                InputStream stream = source.stream(0)) {
            var failure = assertThrows(NeedsUserException.class, stream::readAllBytes);
            assertEquals(Reason.SOURCE_CHANGED, failure.reason(), failure.toString());
        }
    }

    private static MisbehavingServer assertRead(Faults faults, int offset) throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, faults);
                var source = HttpSource.open(server.uri(), OPTIONS);
                InputStream stream = source.stream(offset)) {
            assertArrayEquals(Arrays.copyOfRange(CONTENT, offset, CONTENT.length), stream.readAllBytes());
            return server;
        }
    }

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
