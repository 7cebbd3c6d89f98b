package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.RetryableException;
import io.datavolume.importer.http.HttpOptions;
import io.datavolume.importer.http.HttpTransport;
import io.datavolume.importer.registry.FaultyRegistry.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that fails in between, by the transport that the importer uses. */
class RegistryRecoveryTest {

    private static final String NAME = "disks/recovery:1";
    private static final Fault GOOD = new Fault.None();

    @TempDir
    static Path shared;
    private static RegistryProcess registry;
    private static String content;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = new RegistryProcess(shared, "");
        RegistryStoreTest.push(new TestImage(shared).layer("mkdir disk; seq 1 300000 > disk/vm.img"),
                registry.image(NAME));
        content = Tools.shell(shared, "seq 1 300000");
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @Test
    void busyRegistryIsAskedAgainForManifestConfigurationAndLayer() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, false)) {
            faulty.spoil("manifests", new Fault.Status(429, "0"), new Fault.Status(503, ""));
            faulty.spoil("blobs", new Fault.Status(502, ""), GOOD, new Fault.Status(429, "0"),
                    new Fault.Status(500, ""));
            assertEquals(content, pull(faulty, Duration.ofSeconds(20)));
            assertEquals(3, count(faulty, "manifests"));
            assertEquals(5, count(faulty, "blobs"));
        }
    }

    @Test
    void tokenServerThatIsBusyIsAskedAgain() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, true)) {
            faulty.spoil("token", new Fault.Status(429, "0"));
            assertEquals(content, pull(faulty, Duration.ofSeconds(20)));
            assertEquals(2, count(faulty, "token"));
        }
    }

    @Test
    void registryThatStaysBusyFailsRetryably() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, false)) {
            faulty.spoil("manifests", new Fault.Status(429, "0"), new Fault.Status(429, "0"));
            RetryableException failure = assertThrows(RetryableException.class, () -> pull(faulty, Duration.ZERO));
            Tools.assertMessage(failure, "status 429");
            assertEquals(1, count(faulty, "manifests"));
        }
    }

    @Test
    void tokenThatEndsInTheMiddleOfALayerIsRenewed() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, true)) {
            faulty.spoil("blobs", GOOD, new Fault.CutAndExpire(500_000), GOOD, new Fault.CutAndExpire(400_000));
            assertEquals(content, pull(faulty, Duration.ofSeconds(20)));
            assertEquals(3, count(faulty, "token"));
            assertTrue(faulty.requests.contains("blobs bytes=900000-"), faulty.requests.toString());
        }
    }

    @Test
    void stalledLayerIsCutAndTakenUpWhereItStalled() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, false)) {
            faulty.spoil("blobs", GOOD, new Fault.Stall(600_000));
            assertEquals(content, pull(faulty, Duration.ofSeconds(20)));
            assertTrue(faulty.requests.contains("blobs bytes=600000-"), faulty.requests.toString());
        }
    }

    @Test
    void registryWithoutRangesSendsWhatWasReadOnceMore() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, false)) {
            faulty.spoil("blobs", GOOD, new Fault.Cut(600_000), new Fault.WithoutRange());
            assertEquals(content, pull(faulty, Duration.ofSeconds(20)));
        }
    }

    @Test
    void onlyABeginningIsAskedForAsLongAsNoMoreIsRead() throws Exception {
        String large = "disks/large:1";
        RegistryStoreTest.push(new TestImage(Files.createDirectory(shared.resolve("large")))
                .layer("mkdir disk; seq 1 500000 > disk/vm.img"), registry.image(large));
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, false)) {
            assertEquals(Tools.shell(shared, "seq 1 500000"), pull(faulty, large, Duration.ofSeconds(20)));
            List<String> blobs = faulty.requests.stream().filter(r -> r.startsWith("blobs")).skip(1).toList();
            assertEquals(List.of("blobs bytes=0-1048575", "blobs bytes=1048576-"), blobs);
        }
    }

    @Test
    void deniedLayerIsNotAskedForAgain() throws Exception {
        try (FaultyRegistry faulty = new FaultyRegistry(registry.port, false)) {
            faulty.spoil("blobs", GOOD, new Fault.Status(403, ""), new Fault.Status(403, ""));
            Tools.assertMessage(assertThrows(io.datavolume.image.failure.NeedsUserException.class,
                    () -> pull(faulty, Duration.ofSeconds(20))), "status 403, access denied");
            assertEquals(2, count(faulty, "blobs"));
        }
    }

    private static long count(FaultyRegistry faulty, String kind) {
        return faulty.requests.stream().filter(r -> r.startsWith(kind)).count();
    }

    private static String pull(FaultyRegistry faulty, Duration retry) throws Exception {
        return pull(faulty, NAME, retry);
    }

    private static String pull(FaultyRegistry faulty, String name, Duration retry) throws Exception {
        HttpOptions options = HttpOptions.DEFAULT.withCredentials(Optional.empty(), Optional.empty(), List.of())
                .withTimes(Duration.ofSeconds(1), Duration.ofMillis(700), retry);
        try (HttpTransport transport = new HttpTransport(options);
                ImageStore store = ImageStore.open(ImageReference.parse(faulty.image(name)),
                        PlatformChoice.of(Optional.empty()), new TransportHttp(transport),
                        new RegistryAccess(new RegistryCredentials.Anonymous(), true, retry));
                ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
            String read = new String(disk.open().content().readAllBytes(), StandardCharsets.UTF_8);
            disk.verifyRest();
            return read;
        }
    }
}
