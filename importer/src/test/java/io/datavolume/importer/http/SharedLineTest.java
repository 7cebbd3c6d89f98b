package io.datavolume.importer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A line that all connections share: several of them bring no more than one. */
class SharedLineTest {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final long LENGTH = 96_000_000;
    private static final int PACKET = 64_000;
    private static final long NANOS_PER_PACKET = 64_000_000 / 20;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private long due = System.nanoTime();

    @Test
    void streamGoesBackToOneConnectionAndLosesNoByte() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/disk");
            try (HttpSource source = HttpSource.open(uri, HttpOptions.DEFAULT.withConnections(4));
                    InputStream stream = source.stream(0)) {
                byte[] buffer = new byte[1 << 16];
                long position = 0;
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    for (int i = 0; i < n; i++) {
                        assertEquals(at(position + i), buffer[i]);
                    }
                    position += n;
                    if (position > LENGTH * 8 / 10 && position < LENGTH * 82 / 100) {
                        assertEquals(1, open.get(), "connections after the attempt");
                    }
                }
                assertEquals(LENGTH, position);
            }
            assertEquals(2, mostOpen.get());
        } finally {
            server.stop(0);
        }
    }

    private static byte at(long position) {
        return (byte) (position * 0x9e3779b97f4a7c15L >>> 56);
    }

    private void serve(HttpExchange exchange) throws IOException {
        Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
        boolean part = range.matches();
        long start = part ? Long.parseLong(range.group(1)) : 0;
        long end = part && !range.group(2).isEmpty() ? Long.parseLong(range.group(2)) + 1 : LENGTH;
        exchange.getResponseHeaders().set("ETag", "\"disk\"");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (part) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + LENGTH);
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(part ? 206 : 200, head ? -1 : end - start);
        if (head) {
            exchange.close();
            return;
        }
        boolean counts = end - start > PACKET;
        mostOpen.accumulateAndGet(counts ? open.incrementAndGet() : 0, Math::max);
        try (OutputStream body = exchange.getResponseBody()) {
            send(start, end, body);
        } catch (IOException e) {
            // The client has no use for the rest.
        } finally {
            if (counts) {
                open.decrementAndGet();
            }
        }
    }

    private void send(long start, long end, OutputStream body) throws IOException {
        byte[] packet = new byte[PACKET];
        for (long at = start; at < end; at += PACKET) {
            int length = (int) Math.min(PACKET, end - at);
            for (int i = 0; i < length; i++) {
                packet[i] = at(at + i);
            }
            waitForTurn();
            body.write(packet, 0, length);
        }
    }

    private void waitForTurn() throws IOException {
        long mine;
        synchronized (this) {
            due = Math.max(due + NANOS_PER_PACKET, System.nanoTime());
            mine = due;
        }
        try {
            Thread.sleep(java.time.Duration.ofNanos(Math.max(0, mine - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
