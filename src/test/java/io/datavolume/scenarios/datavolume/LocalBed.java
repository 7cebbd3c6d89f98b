package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.scenarios.Nginx;
import io.datavolume.scenarios.Cdi;
import io.datavolume.standalone.LocalEnvironment;
import io.datavolume.standalone.volumes.VolumePath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The local cluster: workers are real, and read from a real web server. */
final class LocalBed implements Bed {

    private static final String CLASSES = """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: scenario-csi}
            provisioner: csi.scenarios.datavolume.io
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: scenario-waits}
            provisioner: csi.scenarios.datavolume.io
            volumeBindingMode: WaitForFirstConsumer
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: scenario-plain}
            provisioner: plain.scenarios.datavolume.io
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: scenario-static}
            provisioner: kubernetes.io/no-provisioner
            ---
            apiVersion: storage.k8s.io/v1
            kind: CSIDriver
            metadata: {name: csi.scenarios.datavolume.io}
            spec: {attachRequired: false}
            """;
    private static final int SLOW_BYTES_A_SECOND = 1 << 20;

    private final AtomicInteger namespaces = new AtomicInteger();
    private final Path served;
    private final Path raw;
    private final Nginx nginx;
    private final LocalEnvironment environment;
    private final TestedController controller;

    LocalBed(Path folder) throws IOException, InterruptedException {
        served = Files.createDirectories(folder.resolve("served"));
        raw = folder.resolve("disk.raw");
        makeImages(folder);
        nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0,
                "location /slow/ { alias " + served + "/; limit_rate " + SLOW_BYTES_A_SECOND + "; }");
        environment = LocalEnvironment.open(folder.resolve("state"),
                Optional.of(Files.writeString(folder.resolve("classes.yaml"), CLASSES)), Clock.systemUTC());
        controller = new TestedController(environment.cluster(), "local", "IfNotPresent");
    }

    private void makeImages(Path folder) throws IOException, InterruptedException {
        Cdi.tool("sh", "-c", "head -c " + Image.SIZE + " /dev/urandom > " + raw);
        Cdi.tool("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), file(Image.DISK).toString());
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", raw.toString(), "-F", "raw",
                file(Image.DELTA).toString());
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", file(Image.LARGE).toString(),
                Long.toString(Image.LARGE.size()));
    }

    private Path file(Image image) {
        return served.resolve(image.path());
    }

    @Override
    public Cluster cluster() {
        return environment.cluster();
    }

    @Override
    public TestedController controller() {
        return controller;
    }

    @Override
    public String newNamespace() {
        return "scenario-" + namespaces.incrementAndGet();
    }

    @Override
    public String url(Image image) {
        return nginx.url(image.path());
    }

    @Override
    public void release() {
        try {
            Files.copy(file(Image.DISK), file(Image.LATER), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void hold() {
        try {
            Files.deleteIfExists(file(Image.LATER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void assertHolds(PersistentVolumeClaim claim, Image image) throws Exception {
        Path disk = VolumePath.of(cluster().get(Kinds.VOLUME, Key.cluster(claim.getSpec().getVolumeName()))
                .orElseThrow()).orElseThrow().resolve("disk.img");
        assertEquals(0, Files.size(disk) % (1 << 20));
        Cdi.tool("cmp", "-n", Long.toString(image.size()), raw.toString(), disk.toString());
    }

    @Override
    public void close() throws Exception {
        controller.close();
        environment.close();
        nginx.close();
    }
}
