package io.datavolume.importer.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Fault injector: a real registry's answers, each spoiled as a test says, and tokens that end when a test says. */
final class FaultyRegistry implements AutoCloseable {

    /** What happens to one answer. */
    sealed interface Fault {

        /** The registry's own answer. */
        record None() implements Fault {}

        /** Another status, with Retry-After if that is not empty. */
        record Status(int status, String retryAfter) implements Fault {}

        /** The first bytes of the body, then the end of the connection. */
        record Cut(int bytes) implements Fault {}

        /** The first bytes of the body, then nothing more until the test is over. */
        record Stall(int bytes) implements Fault {}

        /** The first bytes, then the end of the connection and of the token. */
        record CutAndExpire(int bytes) implements Fault {}

        /** All of the blob, whatever range was asked for. */
        record WithoutRange() implements Fault {}
    }

    /** What was asked for: {@code manifests}, {@code blobs} or {@code token}, and the range of a blob. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Fault>> faults = new HashMap<>();
    private final HttpServer server;
    private final JdkHttp client = new JdkHttp();
    private final CountDownLatch over = new CountDownLatch(1);
    private final int target;
    private final boolean withTokens;
    private int token;

    FaultyRegistry(int target, boolean withTokens) throws IOException {
        this.target = target;
        this.withTokens = withTokens;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** The next faults of one kind of request; later ones are answered well. */
    FaultyRegistry spoil(String kind, Fault... next) {
        faults.put(kind, new ArrayDeque<>(Arrays.asList(next)));
        return this;
    }

    String image(String name) {
        return "docker://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String kind = path.endsWith("/token") ? "token" : path.contains("/manifests/") ? "manifests" : "blobs";
        if (path.equals("/v2/")) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? kind : kind + " " + range);
        Fault fault;
        synchronized (this) {
            Queue<Fault> next = faults.getOrDefault(kind, new ArrayDeque<>());
            fault = next.isEmpty() ? new Fault.None() : next.remove();
        }
        try (exchange) {
            if (fault instanceof Fault.Status status) {
                if (!status.retryAfter().isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", status.retryAfter());
                }
                exchange.sendResponseHeaders(status.status(), -1);
            } else if (kind.equals("token")) {
                send(exchange, 200, ("{\"token\":\"t" + token + "\"}").getBytes(StandardCharsets.UTF_8),
                        Integer.MAX_VALUE);
            } else if (withTokens && !("Bearer t" + token).equals(
                    exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1:"
                        + server.getAddress().getPort() + "/token\",service=\"tests\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                pass(exchange, path, fault instanceof Fault.WithoutRange ? null : range, fault);
            }
        }
    }

    private void pass(HttpExchange exchange, String path, @Nullable String range, Fault fault) throws IOException {
        Map<String, String> headers = range == null
                ? Map.of("Accept", MediaTypes.ACCEPT)
                : Map.of("Accept", MediaTypes.ACCEPT, "Range", range);
        try (RegistryHttp.Reply reply = client.get(URI.create("http://127.0.0.1:" + target + path), headers)) {
            reply.header("Content-Range").forEach(v -> exchange.getResponseHeaders().add("Content-Range", v));
            byte[] body = reply.body().readAllBytes();
            switch (fault) {
                case Fault.Cut cut -> send(exchange, reply.status(), body, cut.bytes());
                case Fault.CutAndExpire cut -> {
                    token++;
                    send(exchange, reply.status(), body, cut.bytes());
                }
                case Fault.Stall stall -> {
                    exchange.sendResponseHeaders(reply.status(), body.length);
                    exchange.getResponseBody().write(body, 0, stall.bytes());
                    exchange.getResponseBody().flush();
                    over.await();
                }
                default -> send(exchange, reply.status(), body, Integer.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body, int most) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body, 0, Math.min(body.length, most));
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
    }
}
