package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.importer.TransferResult;
import io.datavolume.importer.TransferSpec;
import io.datavolume.importer.Wire;
import io.datavolume.standalone.volumes.VolumePath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real workers, as reconcilers order them. */
class LocalEnvironmentTest {

    private static final String NAMESPACE = "default";
    private static final int BYTES = 3 << 20;

    @TempDir
    private Path folder;

    @Test
    void aWorkerFillsTheFilesystemOfItsClaim() throws Exception {
        byte[] image = image();
        try (LocalEnvironment environment = open()) {
            claim(environment, "local-wffc", "Filesystem");
            Pod done = run(environment, "/data/disk.img", false);
            assertEquals(TransferResult.Outcome.COMPLETE, result(done).outcome(), result(done).message());
            assertArrayEquals(image, Files.readAllBytes(volume(environment).resolve("disk.img")));
        }
    }

    @Test
    void aWorkerFillsTheFileThatStandsForABlockDevice() throws Exception {
        byte[] image = image();
        try (LocalEnvironment environment = open()) {
            claim(environment, "local", "Block");
            Pod done = run(environment, "/dev/cdi-block-volume", true);
            assertEquals(TransferResult.Outcome.COMPLETE, result(done).outcome(), result(done).message());
            byte[] device = Files.readAllBytes(volume(environment));
            assertEquals(4 << 20, device.length);
            assertArrayEquals(image, java.util.Arrays.copyOf(device, BYTES));
        }
    }

    private byte[] image() throws Exception {
        byte[] image = new byte[BYTES];
        new Random(1).nextBytes(image);
        Files.write(folder.resolve("image.raw"), image);
        return image;
    }

    private LocalEnvironment open() throws Exception {
        return LocalEnvironment.open(folder.resolve("state"), Optional.empty(), Clock.systemUTC());
    }

    private static void claim(LocalEnvironment environment, String className, String mode) {
        environment.cluster().create(Kinds.CLAIM, new PersistentVolumeClaimBuilder().withNewMetadata()
                .withNamespace(NAMESPACE).withName("c").endMetadata().withNewSpec().withAccessModes("ReadWriteOnce")
                .withStorageClassName(className).withVolumeMode(mode).withNewResources()
                .addToRequests("storage", new Quantity("4Mi")).endResources().endSpec().build());
    }

    private Pod run(LocalEnvironment environment, String target, boolean block) throws Exception {
        TransferSpec order = TransferSpec.of(folder.resolve("image.raw").toString(), target);
        var container = new PodBuilder().withNewMetadata().withNamespace(NAMESPACE).withName("importer").endMetadata()
                .withNewSpec().withRestartPolicy("OnFailure").addNewVolume().withName("v")
                .withNewPersistentVolumeClaim("c", false).endVolume().addNewContainer().withName("importer").addNewEnv()
                .withName("TRANSFER_SPEC").withValue(Wire.json(order)).endEnv();
        Pod pod = (block
                ? container.addNewVolumeDevice(target, "v")
                : container.addNewVolumeMount().withName("v").withMountPath("/data").endVolumeMount()).endContainer()
                .endSpec().build();
        environment.cluster().create(Kinds.POD, pod);
        CompletableFuture<Pod> done = new CompletableFuture<>();
        Informer.Registration registration = environment.cluster().informer(Kinds.POD)
                .listen((before, after) -> after.filter(p -> p.getStatus().getPhase().equals("Succeeded"))
                        .ifPresent(done::complete));
        try (registration) {
            return done.get(120, TimeUnit.SECONDS);
        }
    }

    private static TransferResult result(Pod pod) {
        return Wire.result(pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated().getMessage());
    }

    private static Path volume(LocalEnvironment environment) {
        String name = environment.cluster().get(Kinds.CLAIM, new Key(NAMESPACE, "c")).orElseThrow().getSpec()
                .getVolumeName();
        Path path = VolumePath.of(environment.cluster().get(Kinds.VOLUME, Key.cluster(name)).orElseThrow())
                .orElseThrow();
        assertTrue(Files.exists(path));
        return path;
    }
}
