package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.source.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against distribution; skopeo pushes. */
class RegistryStoreTest {

    private static final String DISK = "mkdir disk; seq 1 300000 > disk/vm.img; tar -cf ../layer.tar disk";
    static final RegistryAccess STRICT = new RegistryAccess(new RegistryCredentials.Anonymous(), false, Duration.ZERO);
    private static final RegistryAccess PLAIN = new RegistryAccess(new RegistryCredentials.Anonymous(), true,
            Duration.ofSeconds(20));

    @TempDir
    static Path shared;
    private static RegistryProcess registry;

    @TempDir
    Path folder;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = new RegistryProcess(shared, "");
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip", "zstd"})
    void diskIsPulledFromALayerOfEachCompression(String compressor) throws Exception {
        String name = registry.image("disks/" + (compressor.isEmpty() ? "plain" : compressor) + ":1");
        push(new TestImage(folder).layer(DISK, compressor), name);
        assertEquals(Tools.shell(folder, "seq 1 300000"), pull(name, PLAIN));
    }

    @Test
    void digestIsWhatSkopeoSays() throws Exception {
        String name = registry.image("pinned:1");
        push(new TestImage(folder).layer(DISK), name);
        String digest = Tools.run(folder, "skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}", name)
                .trim();
        assertEquals(digest, ImageStore.digest(remote(name), new JdkHttp(), PLAIN).toString());
        pull(registry.image("pinned@" + digest), PLAIN);
        try (ImageStore store = open(name, PLAIN)) {
            assertEquals(digest, store.image().manifest().toString());
        }
    }

    @Test
    void imageOfTheWantedArchitectureIsTaken() throws Exception {
        String name = registry.image("multi:1");
        TestImage image = new TestImage(folder);
        for (String architecture : new String[]{"amd64", "arm64", "s390x"}) {
            image.layer("mkdir disk; printf " + architecture + " > disk/vm.img").imageFor(architecture);
        }
        push(image.index(), name);
        for (String wanted : new String[]{"amd64", "aarch64", "arm64/v8", "s390x"}) {
            try (ImageStore store = ImageStore.open(ImageReference.parse(name), PlatformChoice.of(Optional.of(wanted)),
                    new JdkHttp(), PLAIN); ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
                assertEquals(Platform.linux(wanted).architecture(),
                        new String(disk.open().content().readAllBytes(), StandardCharsets.UTF_8));
                disk.verifyRest();
                assertTrue(!store.image().reference().equals(store.image().manifest()));
            }
        }
        NeedsUserException missing = assertThrows(NeedsUserException.class, () -> ImageStore.open(
                ImageReference.parse(name), PlatformChoice.of(Optional.of("ppc64le")), new JdkHttp(), PLAIN));
        Tools.assertMessage(missing, "the index holds: linux/amd64, linux/arm64, linux/s390x");
    }

    @Test
    void imageOfAnotherArchitectureThanRequestedIsRefused() throws Exception {
        String name = registry.image("single:1");
        push(new TestImage(folder).layer(DISK), name);
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> ImageStore
                .open(ImageReference.parse(name), PlatformChoice.of(Optional.of("arm64")), new JdkHttp(), PLAIN));
        assertEquals("Error validating architecture: manifest image architecture: \"amd64\" doesn't match requested"
                + " architecture: \"arm64\"", failure.getMessage());
    }

    @Test
    void missingTagIsNotFound() {
        NeedsUserException failure = assertThrows(NeedsUserException.class,
                () -> pull(registry.image("none:such"), PLAIN));
        assertEquals(NeedsUserException.Reason.NOT_FOUND, failure.reason());
        Tools.assertMessage(failure, "failed to pull image: ");
    }

    @Test
    void plainHttpIsNotSpokenUnasked() throws Exception {
        String name = registry.image("secure:1");
        push(new TestImage(folder).layer(DISK), name);
        assertThrows(java.io.IOException.class, () -> pull(name, STRICT));
    }

    @Test
    void blobThatWasTamperedWithInTheRegistryIsRefused() throws Exception {
        for (String compressor : new String[]{"", "gzip"}) {
            Path work = Files.createDirectory(folder.resolve("work" + compressor));
            String name = registry.image("tampered" + compressor + ":1");
            push(new TestImage(work).layer("mkdir disk; seq 1 200000 > disk/vm.img; echo " + name + " >> disk/vm.img;"
                    + " tar -cf ../layer.tar disk", compressor), name);
            try (ImageStore store = open(name, PLAIN)) {
                Path blob = registry.blob(store.image().layers().getFirst().digest());
                byte[] content = Files.readAllBytes(blob);
                content[content.length / 2] ^= 1;
                Files.write(blob, content);
            }
            assertThrows(NeedsUserException.class, () -> pull(name, PLAIN));
        }
    }

    @Test
    void blobOfAnotherSizeThanItsDescriptorIsRefusedBeforeItIsRead() throws Exception {
        String name = registry.image("grown:1");
        push(new TestImage(folder).layer(DISK + "; echo grown >> disk/vm.img; tar -cf ../layer.tar disk", ""), name);
        try (ImageStore store = open(name, PLAIN)) {
            Files.write(registry.blob(store.image().layers().getFirst().digest()), new byte[512],
                    StandardOpenOption.APPEND);
        }
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> pull(name, PLAIN));
        assertEquals(NeedsUserException.Reason.CHECKSUM, failure.reason());
    }

    @Test
    void manifestThatWasTamperedWithIsRefused() throws Exception {
        String name = registry.image("forged:1");
        push(new TestImage(folder).layer(DISK), name);
        Digest digest = ImageStore.digest(remote(name), new JdkHttp(), PLAIN);
        Tools.run(folder, "sed", "-i", "s/schemaVersion\":2/schemaVersion\": 2/", registry.blob(digest).toString());
        assertThrows(java.io.IOException.class, () -> pull(registry.image("forged@" + digest), PLAIN));
    }

    @Test
    void rangesOfABlobAreRead() throws Exception {
        String name = registry.image("ranges:1");
        push(new TestImage(folder).layer(DISK, ""), name);
        try (ImageStore store = open(name, PLAIN);
                Source blob = store.blob(store.image().layers().getFirst());
                RangeReader ranges = blob.ranges().orElseThrow()) {
            byte[] all = blob.stream(0).readAllBytes();
            ByteBuffer part = ByteBuffer.allocate(70_000);
            ranges.readFully(123_456, part);
            assertEquals(ByteBuffer.wrap(all, 123_456, 70_000), part.flip());
            assertEquals(-1, ranges.open(new ByteRange(all.length, 0)).read(ByteBuffer.allocate(1)));
            assertEquals(10, blob.stream(all.length - 10L).readAllBytes().length);
            assertEquals(store.image().layers().getFirst().digest().toString(), blob.validator().orElseThrow());
        }
    }

    @Test
    void cutConnectionsAreTakenUpWhereTheyWereCut() throws Exception {
        String name = "cut:1";
        push(new TestImage(folder).layer(DISK, ""), registry.image(name));
        try (CuttingProxy proxy = new CuttingProxy(registry.port, 500_000)) {
            assertEquals(Tools.shell(folder, "seq 1 300000"),
                    pull("docker://127.0.0.1:" + proxy.port() + "/" + name, PLAIN));
            assertTrue(proxy.cuts() >= 3, "cut " + proxy.cuts() + " times");
        }
    }

    static void push(TestImage image, String name) throws Exception {
        push(image, name, "--dest-no-creds");
    }

    static void push(TestImage image, String name, String credentials) throws Exception {
        Path layout = image.layout();
        Tools.run(layout, "skopeo", "copy", "-q", "--all", "--preserve-digests", "--dest-tls-verify=false", credentials,
                "oci:" + layout, name);
    }

    static ImageStore open(String name, RegistryAccess access) throws Exception {
        return ImageStore.open(ImageReference.parse(name), PlatformChoice.of(Optional.empty()), new JdkHttp(), access);
    }

    static String pull(String name, RegistryAccess access) throws Exception {
        try (ImageStore store = open(name, access); ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
            String content = new String(disk.open().content().readAllBytes(), StandardCharsets.UTF_8);
            disk.verifyRest();
            return content;
        }
    }

    private static ImageReference.Remote remote(String name) throws Exception {
        return (ImageReference.Remote) ImageReference.parse(name);
    }
}
