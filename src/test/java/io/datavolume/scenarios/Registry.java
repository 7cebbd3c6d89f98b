package io.datavolume.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real registry (distribution), which speaks plain HTTP. */
public final class Registry implements AutoCloseable {

    private static final int TRIES = 200;

    private static final String LOOPBACK = "127.0.0.1";

    private final String host;
    private final Path storage;
    private final int port;
    private final Process process;

    /** @param home an empty folder */
    Registry(Path home) throws IOException, InterruptedException {
        this(LOOPBACK, home);
    }

    /**
     * @param host address of this machine at which it listens
     * @param home an empty folder
     */
    public Registry(String host, Path home) throws IOException, InterruptedException {
        this.host = host;
        Path program = Path.of(System.getenv().getOrDefault("CDI_TEST_CACHE",
                System.getProperty("user.home") + "/.cache/datavolume-test"), "bin", "registry");
        if (!Files.isExecutable(program)) {
            throw new AssertionError("run src/test/registry/build.sh first, which builds " + program);
        }
        storage = home.resolve("storage");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(home.resolve("registry.yaml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}, cache: {}}
                http: {addr: "%s", secret: tests}
                """.formatted(storage, this));
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", configuration.toString())
                .redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        process = builder.start();
        awaitPort(home);
    }

    private void awaitPort(Path home) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try (Socket socket = new Socket(host, port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        process.destroyForcibly();
        throw new AssertionError("the registry did not start: " + Files.readString(home.resolve("log")));
    }

    /** @param name with a tag or a digest */
    String image(String name) {
        return "docker://" + this + "/" + name;
    }

    /** A location of nginx that leads here, so that what it sends is counted and slowed down. */
    String behindNginx() {
        return "location /v2/ { proxy_pass http://" + this
                + "; proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_max_temp_file_size 0; }";
    }

    /** File of a blob. */
    Path blob(String digest) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return storage.resolve("docker/registry/v2/blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex)
                .resolve("data");
    }

    /** Host and port. */
    @Override
    public String toString() {
        return host + ":" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
