package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.importer.http.testing.Faults;
import io.datavolume.importer.http.testing.MisbehavingServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several connections where they help. The line is the clock: each byte that arrives takes the time that it would take
 * on a line of a known speed, so that nothing depends on the machine.
 */
@Timeout(60)
class WideningStreamTest {

    private static final byte[] CONTENT = new byte[64_000_000];
    private static final long SHARED_BYTES_PER_SECOND = 10_000_000;
    private static final long OWN_BYTES_PER_SECOND = 5_000_000;
    private static final int MOST = 4;

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private final LongAdder received = new LongAdder();
    private int mostConnections;
    private int lastConnections;

    /** A line that all connections share. */
    private LongSupplier shared() {
        return () -> nanos(received.sum(), SHARED_BYTES_PER_SECOND);
    }

    /** A line for each connection, all equally fast. */
    private final class Lines implements LongSupplier {
        private long before;
        private long now;

        @Override
        public long getAsLong() {
            long sum = received.sum();
            now += nanos(sum - before, OWN_BYTES_PER_SECOND * Math.max(1, lastConnections));
            before = sum;
            return now;
        }
    }

    private static long nanos(long bytes, long perSecond) {
        return bytes * 1_000_000_000 / perSecond;
    }

    @Test
    void streamGoesBackToOneConnectionAndLosesNoByte() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            assertArrayEquals(CONTENT, read(server, 0, shared()));
            assertEquals(2, mostConnections);
            assertEquals(1, lastConnections);
            assertWindowsBetweenTwoWholes(server);
        }
    }

    /** The first GET and the last ask for all the rest; those between them for adjacent windows. */
    private static void assertWindowsBetweenTwoWholes(MisbehavingServer server) {
        List<String> ranges = new ArrayList<>();
        server.gets().forEach(get -> ranges.add(get.headers().getOrDefault("range", "bytes=0-")));
        assertEquals("bytes=0-", ranges.removeFirst());
        ranges.sort((a, b) -> Long.compare(start(a), start(b)));
        String last = ranges.removeLast();
        assertTrue(ranges.size() >= 2, ranges.toString());
        for (int i = 1; i < ranges.size(); i++) {
            assertEquals(end(ranges.get(i - 1)), start(ranges.get(i)), ranges.toString());
        }
        assertEquals("bytes=" + end(ranges.getLast()) + "-", last);
    }

    private static long start(String range) {
        return Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
    }

    private static long end(String range) {
        return Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1;
    }

    @Test
    void slowConnectionIsJoinedByOthers() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE)) {
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 5, CONTENT.length), read(server, 5, new Lines()));
            assertEquals(MOST, lastConnections);
        }
    }

    @Test
    void whatIsFetchedAheadIsASmallPartOfTheObject() {
        for (long length = 1 << 20; length < 1L << 40; length *= 3) {
            for (int connections = 2; connections <= 64; connections *= 2) {
                long ahead = (long) connections * OrderedWindows.size(length, connections);
                assertTrue(ahead <= length / 50 && ahead <= 64 << 20, length + " bytes, " + ahead + " ahead");
            }
        }
        assertEquals(8 << 20, OrderedWindows.size(8L << 30, 8));
        assertEquals(4 << 20, OrderedWindows.size(8L << 30, 16));
        assertEquals(800_000, OrderedWindows.size(160_000_000, MOST));
        assertFalse(WideningStream.isWorthwhile(50L << 20, 0, MOST + 1), "windows of less than 256 KiB");
    }

    @Test
    void severalConnectionsResumeEachTheirOwn() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.cuttingAt(3 << 20, 6))) {
            assertArrayEquals(CONTENT, read(server, 0, new Lines()));
            assertEquals(MOST, lastConnections);
        }
    }

    @Test
    void changedObjectIsNoticedBySeveralConnections() throws IOException {
        try (var server = MisbehavingServer.serving(CONTENT, Faults.NONE.changingAfter(2))) {
            var failure = assertThrows(NeedsUserException.class, () -> read(server, 0, new Lines()));
            assertEquals(Reason.SOURCE_CHANGED, failure.reason(), failure.getMessage());
        }
    }

    private byte[] read(MisbehavingServer server, int offset, LongSupplier clock) throws IOException {
        HttpOptions options = HttpOptions.DEFAULT.withTimes(Duration.ofSeconds(30), Duration.ofSeconds(30),
                Duration.ofSeconds(30));
        try (HttpTransport transport = new HttpTransport(options)) {
            Redirects redirects = new Redirects(transport);
            HttpObject object = new HttpObject(redirects, server.uri(), Probe.of(redirects, server.uri()), received);
            byte[] all = new byte[CONTENT.length - offset];
            try (var stream = new WideningStream(object, new Retries(options.retry()), offset, CONTENT.length, MOST,
                    clock)) {
                int at = 0;
                for (int n = 0; n >= 0; n = stream.read(all, at, Math.min(1 << 16, all.length - at))) {
                    at += n;
                    lastConnections = stream.connections();
                    mostConnections = Math.max(mostConnections, lastConnections);
                    if (at == all.length) {
                        break;
                    }
                }
                return Arrays.copyOf(all, at);
            }
        }
    }
}
