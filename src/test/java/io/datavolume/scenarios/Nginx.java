package io.datavolume.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real nginx on loopback that serves one folder, by HTTP and with a private CA by HTTPS. */
public final class Nginx implements AutoCloseable {

    private static final int TRIES = 200;
    private static final String LOOPBACK = "127.0.0.1";

    private final String host;
    private final Path home;
    private final int http;
    private final int https;
    private Process process;

    /**
     * @param home an empty folder for configuration, certificates and logs
     * @param served folder with the files
     * @param rate bytes per second and connection, 0 for no limit
     */
    public Nginx(Path home, Path served, long rate) throws IOException, InterruptedException {
        this(home, served, rate, "");
    }

    /** @param locations further locations, in nginx's own words */
    public Nginx(Path home, Path served, long rate, String locations) throws IOException, InterruptedException {
        this(LOOPBACK, home, served, rate, locations);
    }

    /** @param host address of this machine at which it listens */
    public Nginx(String host, Path home, Path served, long rate, String locations)
            throws IOException, InterruptedException {
        this.host = host;
        this.home = home;
        this.http = freePort(host);
        this.https = freePort(host);
        makeCertificates(home, host);
        Path configuration = home.resolve("nginx.conf");
        Files.writeString(configuration, """
                %6$s daemon off; pid %1$s/pid; error_log %1$s/error.log; worker_processes 1;
                events { worker_connections 64; }
                http {
                  default_type application/octet-stream;
                  log_format bytes '$body_bytes_sent'; access_log %1$s/access.log bytes;
                  client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  server {
                    listen %8$s:%2$d sndbuf=256k; listen %8$s:%3$d ssl;
                    ssl_certificate %1$s/server.crt; ssl_certificate_key %1$s/server.key;
                    root %4$s; limit_rate %5$d;
                    location = /status { stub_status; access_log off; }
                    %7$s
                    location /private/ { alias %4$s/; auth_basic "disks"; auth_basic_user_file %1$s/users; }
                  }
                }
                """.formatted(home, http, https, served, rate, user(), locations, host));
        Cdi.tool("htpasswd", "-bc", home.resolve("users").toString(), "anna", "s3cret");
        process = launch();
        awaitPort();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder("nginx", "-p", home.toString(), "-c", home.resolve("nginx.conf").toString(), "-e",
                home.resolve("error.log").toString()).inheritIO().start();
    }

    /** Ends it at once, with all connections. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Starts it again, at the same ports. */
    public void start() throws IOException, InterruptedException {
        process = launch();
        awaitPort();
    }

    private static void makeCertificates(Path home, String host) throws IOException, InterruptedException {
        Cdi.tool("bash", "-ec", """
                cd "$0"
                ec='ec -pkeyopt ec_paramgen_curve:prime256v1'
                openssl req -x509 -newkey $ec -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=test-ca 2> ca.log
                openssl req -newkey $ec -nodes -keyout server.key -out server.csr -subj /CN=localhost 2>> ca.log
                printf 'subjectAltName=IP:%s,DNS:localhost' "$1" > san
                openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile san \
                    -out server.crt 2>> ca.log
                """, home.toString(), host);
    }

    /** As root nginx would serve as another user, who may not read a test's folder. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    }

    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try (Socket socket = new Socket(host, http)) {
                return;
            } catch (IOException e) {
                Thread.sleep(25);
            }
        }
        throw new AssertionError("nginx did not start");
    }

    public String url(String path) {
        return "http://" + host + ":" + http + "/" + path;
    }

    public String secureUrl(String path) {
        return "https://" + (host.equals(LOOPBACK) ? "localhost" : host) + ":" + https + "/" + path;
    }

    public Path authority() {
        return home.resolve("ca.crt");
    }

    /** Bytes of bodies sent since the last call, once no client is connected any more. */
    public long takeBytesSent() throws IOException, InterruptedException {
        // A connection that was cut is logged when nginx notices it.
        awaitIdle();
        Path log = home.resolve("access.log");
        long sum = Files.readAllLines(log).stream().mapToLong(Long::parseLong).sum();
        Files.writeString(log, "");
        return sum;
    }

    private void awaitIdle() throws IOException, InterruptedException {
        String status = "";
        for (int i = 0; i < 10 * TRIES; i++) {
            try (InputStream in = URI.create(url("status")).toURL().openStream()) {
                status = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
            // The one is who asks.
            if (status.contains("Reading: 0 Writing: 1 ")) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("a client stays connected: " + status);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
