package io.datavolume.importer.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.compress.RestartPoint;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerDiskTest {

    private static final String ADD_LOWER = "mkdir disk; printf lower > disk/vm.img";

    @TempDir
    Path folder;
    private TestImage image;

    @BeforeEach
    void startImage() throws IOException {
        image = new TestImage(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip", "zstd", "xz"})
    void diskIsReadFromALayerOfEachCompression(String compressor) throws Exception {
        image.layer("mkdir disk; seq 1 200000 > disk/vm.img; tar -cf ../layer.tar disk", compressor);
        assertEquals(Tools.shell(folder, "seq 1 200000"), read());
    }

    @Test
    void gzipOfSeveralMembersIsReadToItsEnd() throws Exception {
        image.layer("mkdir disk; seq 1 100000 > disk/vm.img; tar -cf ../layer.tar disk",
                "perl -e 'while(read(STDIN,$b,70000)){open(P,\"|gzip -c\");print P $b;close P}' --");
        assertEquals(Tools.shell(folder, "seq 1 100000"), read());
    }

    @Test
    void upperCopyOfTheDiskCounts() throws Exception {
        image.layer(ADD_LOWER).layer("mkdir disk; printf upper > disk/vm.img; chmod 440 disk/vm.img");
        assertEquals("upper", read());
    }

    @Test
    void diskBelowOtherLayersIsFound() throws Exception {
        image.layer(ADD_LOWER).layer("mkdir etc; echo x > etc/x").layer("mkdir disk");
        assertEquals("lower", read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkdir disk; touch disk/.wh.vm.img", "mkdir disk; touch disk/.wh..wh..opq",
        "touch .wh.disk; tar -cf ../layer.tar .wh.disk #", "touch .wh..wh..opq; tar -cf ../layer.tar .wh..wh..opq #"})
    void whiteoutHidesTheDiskOfALowerLayer(String whiteout) throws Exception {
        image.layer(ADD_LOWER);
        image.layer(whiteout);
        Tools.assertMessage(refusal(), "Failed to find VM disk image file in the container image");
    }

    @Test
    void renamedDiskIsTheOnlyOne() throws Exception {
        image.layer(ADD_LOWER).layer("mkdir disk; touch disk/.wh.vm.img; printf new > disk/new.img");
        assertEquals("new", read());
    }

    @Test
    void opaqueDirectoryLeavesLowerLayersUnread() throws Exception {
        image.blobLayer("application/vnd.oci.image.layer.v1.tar+gzip", new byte[]{1, 2, 3});
        image.layer("mkdir disk; touch disk/.wh..wh..opq; printf top > disk/vm.img");
        try (ImageStore store = image.store(); ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
            assertEquals("top", new String(disk.open().content().readAllBytes(), StandardCharsets.UTF_8));
            disk.verifyRest();
            assertEquals(disk.totalBytes(), disk.bytesReceived());
            assertEquals(store.image().layers().getLast().size(), disk.totalBytes());
        }
    }

    @Test
    void fileThatReplacedTheDirectoryHidesWhatWasInIt() throws Exception {
        image.layer("mkdir disk; printf old > disk/old.img").layer("printf x > disk")
                .layer("mkdir disk; printf new > disk/new.img");
        assertEquals("new", read());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mkdir disk; touch disk/a disk/b | disk-file | image directory contains more than one file",
        "mkdir -p disk/sub | disk-file | image directory contains another directory",
        "mkdir -p disk/sub; touch disk/sub/a; tar -cf ../layer.tar disk/sub/a # | disk-file | another directory",
        "mkdir disk; ln -s ../x disk/a | disk-file | is a symbolic link",
        "mkdir disk; touch x; ln x disk/a; tar -cf ../layer.tar x disk # | disk-file | is a hard link",
        "mkdir disk; mkfifo disk/a | disk-file | is a device or pipe",
        "ln -s x disk | disk-file | image directory does not exist",
        "printf x > disk | disk-file | image directory does not exist",
        "mkdir disk; touch disk/.wh. | whiteout | does not name a file",
        "mkdir disk; touch disk/.wh... | whiteout | does not name a file",
        "mkdir disk; touch disk/.wh..wh.plnk | whiteout | does not name a file",
        "mkdir disk; printf x > disk/.wh.a | whiteout | not an empty file",
        "mkdir disk; mkdir disk/.wh.a | whiteout | not an empty file",
        "mkdir .wh.disk; touch .wh.disk/a; tar -cf ../layer.tar .wh.disk/a # | whiteout | inside a whiteout",
        "mkdir disk; touch disk/a disk/.wh.a | whiteout | a path and its whiteout",
        "touch .wh.disk; mkdir disk; touch disk/a; tar -cf ../layer.tar disk .wh.disk # | whiteout | its whiteout",
        "mkdir disk; touch disk/a; tar -cf ../layer.tar disk; tar -rf ../layer.tar disk/a # | duplicate-entry | twice",
        "touch a; tar -Pcf ../layer.tar --transform s,a,/disk/a, a # | entry-path | content filepath is tainted",
        "touch a; tar -Pcf ../layer.tar --transform s,a,disk/../../a, a # | entry-path | content filepath is tainted",
        "seq 1 9999 > ../layer.tar # | tar-format | tar",
        "mkdir disk; touch disk/a; tar -cf ../layer.tar disk; printf x >> ../layer.tar # | tar-format | data follows",
    })
    void hostileLayerIsRefusedByName(String shell, String check, String message) throws Exception {
        image.layer(shell);
        ImageRefusedException refusal = refusal();
        assertEquals(check, refusal.violations().getFirst().check(), refusal.getMessage());
        Tools.assertMessage(refusal, message);
    }

    @Test
    void secondFileInALowerLayerIsRefused() throws Exception {
        image.layer("mkdir disk; touch disk/other.img").layer("mkdir disk; printf top > disk/vm.img");
        Tools.assertMessage(refusal(), "image directory contains more than one file");
    }

    @Test
    void layerCutInTheMiddleOfTheDiskIsRefused() throws Exception {
        image.layer(
                "mkdir disk; seq 1 9999 > disk/a; tar -cf ../all.tar disk; head -c 20000 ../all.tar > ../layer.tar #");
        assertEquals("tar-format", refusal().violations().getFirst().check());
    }

    @Test
    void sparseEntryIsReadWithItsHoles() throws Exception {
        image.layer("mkdir disk; truncate -s 1M disk/a; printf end >> disk/a; tar -Scf ../layer.tar disk #");
        String content = read();
        assertEquals((1 << 20) + 3, content.length());
        assertTrue(content.endsWith("\0end"));
    }

    @Test
    void headersWithoutEndAreRefusedBeforeTheyFillTheMemory() throws Exception {
        image.layer("python3 -c \"import tarfile,io;t=tarfile.open('../layer.tar','w',format=tarfile.PAX_FORMAT);"
                + "i=tarfile.TarInfo('x');i.pax_headers={'comment':'a'*(8<<20)};t.addfile(i);t.close()\" #", "gzip");
        assertEquals("layer-limit", refusal().violations().getFirst().check());
    }

    @Test
    void entriesPathsAndBytesAreLimited() throws Exception {
        image.layer("mkdir disk x; touch x/1 x/2 x/3; truncate -s 9M x/4; touch disk/a");
        try (ImageStore store = image.store()) {
            for (TarLimits limits : new TarLimits[]{new TarLimits(4, 4096, 1 << 20, 1L << 30),
                new TarLimits(99, 4, 1 << 20, 1L << 30), new TarLimits(99, 4096, 1 << 20, 8 << 20)}) {
                try (ContainerDisk disk = new ContainerDisk(store, limits)) {
                    ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> {
                        disk.open();
                        disk.verifyRest();
                    });
                    assertEquals("layer-limit", refusal.violations().getFirst().check());
                }
            }
        }
    }

    @Test
    void layerWithAnotherDigestIsRefused() throws Exception {
        image.layer(ADD_LOWER);
        Path layout = image.layout();
        Tools.shell(layout, "for f in blobs/sha256/*; do grep -aq lower $f && sed -i s/lower/LOWER/ $f; done; true");
        NeedsUserException failure = assertThrows(NeedsUserException.class, this::read);
        assertEquals(NeedsUserException.Reason.CHECKSUM, failure.reason());
    }

    @Test
    void layerOfAnotherSizeIsRefused() throws Exception {
        image.layer(ADD_LOWER);
        Path layout = image.layout();
        Tools.shell(layout, "for f in blobs/sha256/*; do grep -aq lower $f && printf x >> $f; done; true");
        NeedsUserException failure = assertThrows(NeedsUserException.class, this::read);
        assertEquals(NeedsUserException.Reason.CHECKSUM, failure.reason());
        Tools.assertMessage(failure, "longer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip", "zstd", "xz", "f() { split -b 500K --filter 'gzip -n'; }; f",
        "f() { split -b 500K --filter 'zstd -q'; }; f"})
    void diskCanBeTakenUpAtAnyPlace(String compressor) throws Exception {
        image.layer("mkdir disk; echo a > first; seq 1 400000 > disk/vm.img; echo b > last;"
                + " tar -cf ../layer.tar first disk last", compressor);
        image.layer("mkdir etc; echo above > etc/motd");
        byte[] all = read().getBytes(StandardCharsets.UTF_8);
        for (int place : new int[]{1, 700_000, 1_999_999, all.length - 1}) {
            List<RestartPoint> points;
            long blobBytes;
            try (ImageStore store = image.store();
                    ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT, true)) {
                DiskFile file = disk.open();
                file.content().skipNBytes(place);
                points = file.restartBefore(place);
                blobBytes = store.image().layers().getFirst().size();
            }
            long from = points.getLast().offset();
            assertTrue(from <= place);
            boolean one = compressor.length() > 1 && compressor.length() < 5;
            assertTrue(one ? from == 0 : place - from < 600_000, compressor + " from " + from + " for " + place);
            try (ImageStore store = image.store();
                    ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT, true)) {
                byte[] rest = disk.open().restart(points).readAllBytes();
                assertArrayEquals(Arrays.copyOfRange(all, (int) from, all.length), rest);
                disk.verifyRest();
                long again = disk.bytesReceived() - store.image().layers().getLast().size();
                assertTrue(again <= blobBytes - points.getFirst().offset() + (1 << 17) || from == 0,
                        again + " of " + blobBytes);
            }
        }
    }

    @Test
    void diskThatIsTakenUpIsStillVerified() throws Exception {
        image.layer("mkdir disk; seq 1 400000 > disk/vm.img");
        List<RestartPoint> points;
        try (ImageStore store = image.store(); ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT, true)) {
            DiskFile file = disk.open();
            file.content().skipNBytes(2_000_000);
            points = file.restartBefore(2_000_000);
        }
        Tools.shell(image.layout(), "for f in blobs/sha256/*; do sed -i s/^350000$/350001/ $f; done");
        try (ImageStore store = image.store(); ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT, true)) {
            NeedsUserException failure = assertThrows(NeedsUserException.class, () -> {
                disk.open().restart(points).readAllBytes();
                disk.verifyRest();
            });
            assertEquals(NeedsUserException.Reason.CHECKSUM, failure.reason());
        }
    }

    @Test
    void placesOfAnotherImageAreNotTakenUp() throws Exception {
        image.layer("mkdir disk; seq 1 9999 > disk/vm.img");
        RestartPoint far = new RestartPoint(1L << 40, 1L << 40, new byte[0]);
        for (List<RestartPoint> points : List.of(List.of(far), List.of(far, far, far),
                List.of(far, far, new RestartPoint(612, 100, new byte[0])),
                List.of(RestartPoint.START, new RestartPoint(50_000, 50_000, new byte[0]),
                        new RestartPoint(1124, 100, new byte[0])))) {
            try (ImageStore store = image.store();
                    ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT, true)) {
                DiskFile file = disk.open();
                assertThrows(IllegalArgumentException.class, () -> file.restart(points), points.toString());
            }
        }
    }

    private ImageRefusedException refusal() {
        return assertThrows(ImageRefusedException.class, this::read);
    }

    private String read() throws Exception {
        try (ImageStore store = image.store(); ContainerDisk disk = new ContainerDisk(store, TarLimits.DEFAULT)) {
            DiskFile file = disk.open();
            byte[] content = file.content().readAllBytes();
            assertEquals(file.length(), content.length);
            disk.verifyRest();
            assertEquals(disk.totalBytes(), disk.bytesReceived());
            return new String(content, StandardCharsets.UTF_8);
        }
    }
}
