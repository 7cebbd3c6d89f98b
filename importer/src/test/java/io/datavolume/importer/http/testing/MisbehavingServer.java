package io.datavolume.importer.http.testing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP/1.1 server for one object on the loopback interface, with faults to choose; it remembers what it was asked. */
public final class MisbehavingServer implements Closeable {

    /**
     * A request as it came.
     *
     * @param method its method
     * @param target its path and query, or whole URL
     * @param headers its headers
     */
    public record Request(String method, String target, Map<String, String> headers) {

        public boolean has(String header) {
            return headers.containsKey(header);
        }
    }

    private final ServerSocket listener;
    private final Responder responder;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    private MisbehavingServer(ServerSocket listener, Responder responder) {
        this.listener = listener;
        this.responder = responder;
    }

    /** Serves the bytes under every path. */
    public static MisbehavingServer serving(byte[] content, Faults faults) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        MisbehavingServer server = new MisbehavingServer(listener, new Responder(content, faults));
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/disk.img");
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** GET requests only. */
    public List<Request> gets() {
        return requests.stream().filter(request -> request.method().equals("GET")).toList();
    }

    public int connections() {
        return connections.get();
    }

    /** Body bytes that were written, of all answers together. */
    public long bytesServed() {
        return responder.served().get();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (true) {
                String line = reader.readLine();
                if (line == null || line.isEmpty()) {
                    return;
                }
                String[] words = line.split(" ");
                Request request = new Request(words[0], words[1], headers(reader));
                requests.add(request);
                if (!responder.answer(request, socket)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // the client went away
        } finally {
            sockets.remove(socket);
        }
    }

    private static Map<String, String> headers(BufferedReader reader) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return headers;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
