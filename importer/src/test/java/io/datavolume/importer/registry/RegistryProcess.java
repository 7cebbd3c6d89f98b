package io.datavolume.importer.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real registry (distribution) on a free port of the loopback. */
final class RegistryProcess implements AutoCloseable {

    final Path storage;
    final int port;
    private final Process process;

    /** @param auth lines of the configuration below {@code auth:}, or "" */
    RegistryProcess(Path folder, String auth) throws IOException, InterruptedException {
        Path binary = Path.of(System.getenv().getOrDefault("CDI_TEST_CACHE",
                System.getProperty("user.home") + "/.cache/datavolume-test"), "bin", "registry");
        if (!Files.isExecutable(binary)) {
            throw new AssertionError("these tests need the registry: run src/test/registry/build.sh, which builds "
                    + binary);
        }
        storage = Files.createDirectories(folder.resolve("registry"));
        port = freePort();
        Path config = Files.writeString(folder.resolve("registry-" + port + ".yaml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                http: {addr: "127.0.0.1:%d", secret: tests}
                %s""".formatted(storage, port, auth.isEmpty() ? "" : "auth:\n" + auth.indent(2)));
        ProcessBuilder builder = new ProcessBuilder(binary.toString(), "serve", config.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("registry.log").toFile());
        builder.environment().put("OTEL_TRACES_EXPORTER", "none");
        process = builder.start();
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        process.destroyForcibly();
        throw new IOException("the registry did not start: " + Files.readString(folder.resolve("registry.log")));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String image(String name) {
        return "docker://127.0.0.1:" + port + "/" + name;
    }

    /** Where the registry keeps a blob. */
    Path blob(Digest digest) {
        return storage.resolve("docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex()
                + "/data");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
