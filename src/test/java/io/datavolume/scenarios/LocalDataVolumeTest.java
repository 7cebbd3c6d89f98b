package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Installer;
import io.datavolume.api.wire.Phase;
import io.datavolume.controller.Controllers;
import io.datavolume.controller.WorkerImage;
import io.datavolume.standalone.LocalEnvironment;
import io.datavolume.standalone.volumes.VolumePath;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DataVolumes on the local cluster: the same reconcilers as on a real one, workers as child processes. */
class LocalDataVolumeTest {

    @TempDir
    Path folder;

    private LocalEnvironment environment;
    private final List<String> phases = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        environment = LocalEnvironment.open(folder.resolve("state"), Optional.empty(), Clock.systemUTC());
        environment.start(Controllers.on(environment.cluster(),
                new WorkerImage("local", "IfNotPresent", List.of()), Installer.NONE, Clock.systemUTC(),
                environment.events()));
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void blankDataVolumeBecomesADiskOfZeros() throws Exception {
        Path disk = succeed("""
                apiVersion: cdi.kubevirt.io/v1beta1
                kind: DataVolume
                metadata: {name: empty, namespace: default}
                spec:
                  source: {blank: {}}
                  storage: {resources: {requests: {storage: 16Mi}}}
                """);
        assertEquals(16L << 20, Files.size(disk));
        Cdi.tool("cmp", "-n", Long.toString(16L << 20), disk.toString(), "/dev/zero");
    }

    @Test
    void dataVolumeFromAWebServerBecomesItsDisk() throws Exception {
        Path served = Files.createDirectory(folder.resolve("served"));
        Path raw = served.resolve("disk.raw");
        Cdi.tool("sh", "-c", "head -c 20M /dev/urandom > " + raw);
        Cdi.tool("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(),
                served.resolve("disk.qcow2").toString());
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 0)) {
            Path disk = succeed("""
                    apiVersion: cdi.kubevirt.io/v1beta1
                    kind: DataVolume
                    metadata: {name: web, namespace: default}
                    spec:
                      source: {http: {url: "%s"}}
                      storage: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 32Mi}}}
                    """.formatted(nginx.url("disk.qcow2")));
            assertEquals(32L << 20, Files.size(disk));
            Cdi.tool("cmp", "-n", Long.toString(20L << 20), raw.toString(), disk.toString());
        }
    }

    /** Creates a DataVolume, waits for its end, and returns the disk. */
    private Path succeed(String yaml) throws Exception {
        Cluster cluster = environment.cluster();
        DataVolume dataVolume = new KubernetesSerialization().unmarshal(yaml, DataVolume.class);
        Key key = Key.of(dataVolume);
        CompletableFuture<Phase> end = new CompletableFuture<>();
        Informer<DataVolume> all = cluster.informer(Kinds.DATA_VOLUME);
        try (Informer.Registration listening = all.listen((before, after) -> after.filter(dv -> Key.of(dv).equals(key))
                .map(DataVolume::phase).ifPresent(phase -> {
                    if (phases.isEmpty() || !phases.getLast().equals(phase.text())) {
                        phases.add(phase.text());
                    }
                    if (phase.isFinal()) {
                        end.complete(phase);
                    }
                }))) {
            cluster.create(Kinds.DATA_VOLUME, dataVolume);
            try {
                assertEquals(Phase.SUCCEEDED, end.get(90, TimeUnit.SECONDS), phases.toString());
            } catch (TimeoutException e) {
                throw new AssertionError("phases " + phases + ", status " + cluster.get(Kinds.DATA_VOLUME, key)
                        .map(DataVolume::statusOrEmpty) + ", claims " + cluster.informer(Kinds.CLAIM).list()
                        + ", pods " + cluster.informer(Kinds.POD).list(), e);
            }
        }
        assertTrue(phases.contains(Phase.PENDING.text()), phases.toString());
        String volume = cluster.get(Kinds.CLAIM, key).orElseThrow().getSpec().getVolumeName();
        PersistentVolume bound = cluster.get(Kinds.VOLUME, Key.cluster(volume)).orElseThrow();
        return VolumePath.of(bound).orElseThrow().resolve("disk.img");
    }
}
