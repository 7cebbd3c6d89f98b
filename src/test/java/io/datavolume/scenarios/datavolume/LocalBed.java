package io.datavolume.scenarios.datavolume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.scenarios.Cdi;
import io.datavolume.standalone.LocalEnvironment;
import io.datavolume.standalone.volumes.VolumePath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The local cluster: workers are real, and read from a real web server. */
final class LocalBed implements Bed {

    /** Nobody answers there. */
    private static final String NO_REGISTRY = "127.0.0.1:1";
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
    private final AtomicInteger namespaces = new AtomicInteger();
    private final ServedImages images;
    private final LocalEnvironment environment;
    private final TestedController controller;

    LocalBed(Path folder) throws IOException, InterruptedException {
        images = new ServedImages("127.0.0.1", folder, NO_REGISTRY);
        environment = LocalEnvironment.open(folder.resolve("state"),
                Optional.of(Files.writeString(folder.resolve("classes.yaml"), CLASSES)), Clock.systemUTC());
        controller = new TestedController(environment.cluster(), "local", "IfNotPresent");
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
        return images.url(image);
    }

    @Override
    public void release() {
        images.release();
    }

    @Override
    public void hold() {
        images.hold();
    }

    @Override
    public void assertHolds(PersistentVolumeClaim claim, Image image) throws Exception {
        Path disk = VolumePath.of(cluster().get(Kinds.VOLUME, Key.cluster(claim.getSpec().getVolumeName()))
                .orElseThrow()).orElseThrow().resolve("disk.img");
        assertEquals(0, Files.size(disk) % (1 << 20));
        Cdi.tool("cmp", "-n", Long.toString(image.size()), images.raw().toString(), disk.toString());
    }

    @Override
    public void close() throws Exception {
        controller.close();
        environment.close();
        images.close();
    }
}
