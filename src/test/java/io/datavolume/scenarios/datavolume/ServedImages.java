package io.datavolume.scenarios.datavolume;

import io.datavolume.scenarios.Cdi;
import io.datavolume.scenarios.Nginx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The images of the scenarios, made by qemu-img and served by a real web server. */
final class ServedImages implements AutoCloseable {

    private static final int SLOW_BYTES_A_SECOND = 1 << 20;
    private static final int PACED_BYTES_A_SECOND = 4 << 20;

    private final Path served;
    private final Path raw;
    private final Nginx nginx;

    /**
     * @param host address of this machine that workers reach
     * @param registry address of a registry that is also offered by TLS and with credentials
     */
    ServedImages(String host, Path folder, String registry) throws IOException, InterruptedException {
        served = Files.createDirectories(folder.resolve("served"));
        raw = folder.resolve("disk.raw");
        Cdi.tool("sh", "-c", "head -c " + Image.SIZE + " /dev/urandom > " + raw);
        Cdi.tool("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), file(Image.DISK).toString());
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", raw.toString(), "-F", "raw",
                file(Image.DELTA).toString());
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", file(Image.LARGE).toString(),
                Long.toString(Image.LARGE.size()));
        nginx = new Nginx(host, Files.createDirectory(folder.resolve("nginx")), served, 0, """
                location /slow/ { alias %1$s/; limit_rate %2$d; }
                location /paced/ { alias %1$s/; limit_rate %3$d; }
                location /v2/ { auth_basic "images"; auth_basic_user_file %4$s/users; proxy_pass http://%5$s;
                    proxy_set_header Host $http_host; proxy_max_temp_file_size 0; }
                location /token/ { if ($http_x_token != "t0ken") { return 403; } alias %1$s/; }
                """.formatted(served, SLOW_BYTES_A_SECOND, PACED_BYTES_A_SECOND, folder.resolve("nginx"),
                registry));
    }

    /** The disk that most images hold. */
    Path raw() {
        return raw;
    }

    /** The file of an image, as it is served. */
    Path file(Image image) {
        return served.resolve(image.path());
    }

    Nginx nginx() {
        return nginx;
    }

    String url(Image image) {
        return nginx.url(image.path());
    }

    /** Makes {@link Image#LATER} be there. */
    void release() {
        try {
            Files.copy(file(Image.DISK), file(Image.LATER), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void hold() {
        try {
            Files.deleteIfExists(file(Image.LATER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        nginx.close();
    }
}
