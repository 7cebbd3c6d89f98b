package io.datavolume.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file on a web server with ranges, reachable from this machine only. */
final class TrainingServer implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,9})-(\\d{1,9})?");

    private final HttpServer server;
    private final byte[] content;

    TrainingServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort() + "/disk";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String wanted = exchange.getRequestHeaders().getFirst("Range");
            Matcher range = RANGE.matcher(wanted == null ? "" : wanted);
            boolean part = range.matches();
            int from = part ? Math.min(content.length, Integer.parseInt(range.group(1))) : 0;
            int to = part && range.group(2) != null
                    ? Math.min(content.length, Integer.parseInt(range.group(2)) + 1)
                    : content.length;
            byte[] body = Arrays.copyOfRange(content, from, Math.max(from, to));
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            exchange.getResponseHeaders().set("ETag", "\"training\"");
            if (part) {
                exchange.getResponseHeaders().set("Content-Range",
                        "bytes " + from + "-" + (to - 1) + "/" + content.length);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            }
            exchange.sendResponseHeaders(part ? 206 : 200, head || body.length == 0 ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
