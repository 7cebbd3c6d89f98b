package io.datavolume.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

/** What the command makes of files and of block devices that held something else. */
class TargetScenariosTest {

    /** Bytes of a journal that has more than its header. */
    private static final long SOME_RECORDS = 800;

    @TempDir
    static Path folder;
    private static Path raw;
    private static Path image;

    @TempDir
    Path targets;

    @TempDir
    Path devices;

    private @Nullable LoopDevice device;

    @BeforeAll
    static void makeImages() throws Exception {
        raw = TestDisk.write(folder.resolve("disk.raw"));
        image = TestDisk.qcow2(raw, folder.resolve("disk.qcow2"), "-c");
        Cdi.tool("qemu-img", "create", "-q", "-f", "qcow2", "-b", image.toString(), "-F", "qcow2",
                folder.resolve("overlay.qcow2").toString());
    }

    @AfterEach
    void detach() throws Exception {
        if (device != null) {
            device.close();
        }
    }

    private LoopDevice device(long size) throws Exception {
        device = new LoopDevice(devices, size);
        return device;
    }

    private Path target() {
        return targets.resolve("disk.img");
    }

    @ParameterizedTest
    @CsvSource({"convert, 67108864", "import, 71307264"})
    void deviceHoldsTheDiskAndNothingOfWhatItHeldBefore(String command, long size) throws Exception {
        LoopDevice to = device(size);
        Cdi.run(command, image.toString(), to.path().toString()).expect(0);
        to.assertStartsWith(raw);
        to.assertZeroFrom(TestDisk.SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "writeback"})
    void rawFileOnDeviceIsIdenticalWithEachUseOfTheCache(String cache) throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Cdi.run("import", raw.toString(), to.path().toString(), "--cache", cache).expect(0);
        Cdi.assertSameDisk(raw, to.path());
    }

    @Test
    void deviceThatIsTooSmallEndsWithFiveAndBothSizesAndStaysAsItWas() throws Exception {
        LoopDevice to = device(TestDisk.SIZE - 4096);
        Cdi.Ended ended = Cdi.run("import", image.toString(), to.path().toString()).expect(5);
        assertTrue(ended.err().contains("virtual image size " + TestDisk.SIZE), ended.err());
        assertTrue(ended.err().contains(Long.toString(TestDisk.SIZE - 4096)), ended.err());
        to.assertUntouched();
    }

    /** A gigabyte of zeros in a few kilobytes: no more of it is unpacked than fits. */
    @Test
    void diskOfABombEndsAtTheFirstByteTooMany() throws Exception {
        Path bomb = folder.resolve("bomb.gz");
        Cdi.tool("bash", "-c", "head -c 1G /dev/zero | gzip -1 | gzip -1 > " + bomb);
        Cdi.Ended ended = Cdi.run("import", bomb.toString(), target().toString(), "--size", "10Mi").expect(5);
        assertTrue(ended.err().contains("larger than the reported available storage 10485760"), ended.err());
        assertNothingBut("[]");
    }

    @Test
    void sizeBeyondTheDeviceIsRefused() throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Cdi.Ended ended = Cdi.run("import", image.toString(), to.path().toString(), "--size", "1Gi").expect(5);
        assertTrue(ended.err().contains(Long.toString(TestDisk.SIZE)), ended.err());
    }

    @Test
    void refusedImageLeavesTheDeviceAsItWas() throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Cdi.run("import", folder.resolve("overlay.qcow2").toString(), to.path().toString()).expect(3);
        to.assertUntouched();
    }

    @Test
    void wrongChecksumLeavesNothingOfTheImageOnTheDevice() throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Cdi.run("import", image.toString(), to.path().toString(), "--checksum", "sha256:" + "00".repeat(32)).expect(4);
        // The last byte of data in the image's disk.
        long end = 5 * (9L << 20) + 12_345 + (3L << 20);
        Cdi.tool("cmp", "-n", Long.toString(end), to.path().toString(), "/dev/zero");
    }

    @Test
    void mountedDeviceIsNotOverwritten() throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Path mount = Files.createDirectory(devices.resolve("mount"));
        Cdi.tool("mke2fs", "-q", "-F", "-t", "ext4", to.path().toString());
        Cdi.Ended mounted = Cdi
                .wait(new ProcessBuilder("mount", to.path().toString(), mount.toString()).start());
        Assumptions.assumeTrue(mounted.exit() == 0, "skipped: a mounted device, as nothing may be mounted here: "
                + mounted.err());
        try {
            Files.writeString(mount.resolve("mine"), "keep");
            Cdi.Ended ended = Cdi.run("import", image.toString(), to.path().toString(), "--force").expect(1);
            assertTrue(ended.err().contains("is in use"), ended.err());
        } finally {
            Cdi.tool("umount", mount.toString());
        }
        assertEquals("keep", Cdi.tool("debugfs", "-R", "cat /mine", to.path().toString()));
    }

    @Test
    void importToADeviceThatWasKilledGoesOnFromItsJournal() throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Path served = Files.createDirectory(folder.resolve("served"));
        Path plain = TestDisk.qcow2(raw, served.resolve("plain.qcow2"));
        try (Nginx nginx = new Nginx(Files.createDirectory(folder.resolve("nginx")), served, 3L << 20)) {
            String[] command = {"import", nginx.url("plain.qcow2"), to.path().toString(), "--connections", "1",
                "--journal-dir", targets.toString()};
            Process process = Cdi.start(command);
            for (int i = 0; i < 1200 && process.isAlive() && journaled(targets) < SOME_RECORDS; i++) {
                Thread.sleep(50);
            }
            process.destroyForcibly().waitFor();
            assertTrue(journaled(targets) >= SOME_RECORDS, "killed before it had journaled anything, or complete");
            nginx.takeBytesSent();
            Cdi.run(command).expect(0);
            Cdi.assertSameDisk(raw, to.path());
            long second = nginx.takeBytesSent();
            assertTrue(second < Files.size(plain), second + " bytes in the second run");
        }
        assertNothingBut("[]");
    }

    @ParameterizedTest
    @CsvSource({"off, false", "falloc, true"})
    void blankDeviceIsZeroedOnlyWhenPreallocationIsAskedFor(String preallocation, boolean zeroed) throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        String order = "{\"source\": {\"location\": \"blank:\"}, \"target\": {\"path\": \"" + to.path()
                + "\", \"preallocation\": \"" + preallocation + "\"}}";
        Path result = targets.resolve("result");
        Cdi.wait(Worker.start(order, result)).expect(0);
        assertEquals(TestDisk.SIZE, Worker.result(result).virtualSize());
        assertEquals(zeroed, Worker.result(result).preallocationApplied());
        if (zeroed) {
            to.assertZeroFrom(0);
        } else {
            to.assertUntouched();
        }
    }

    @Test
    void blankDiskThatIsLargerThanTheDeviceIsRefused() throws Exception {
        LoopDevice to = device(TestDisk.SIZE);
        Path result = targets.resolve("result");
        Cdi.wait(Worker.start("{\"source\": {\"location\": \"blank:\"}, \"target\": {\"path\": \"" + to.path()
                + "\", \"size\": " + 2 * TestDisk.SIZE + "}}", result)).expect(0);
        assertEquals(Optional.of("TOO_LARGE"), Worker.result(result).reason());
        to.assertUntouched();
    }

    @ParameterizedTest
    @CsvSource({"builtin, falloc, 80", "builtin, full, 80", "qemu-img, falloc, 80"})
    void preallocatedFileHasAllItsBlocks(String engine, String preallocation, long mebibytes) throws Exception {
        Cdi.run("convert", image.toString(), target().toString(), "--engine", engine, "--preallocation", preallocation,
                "--size", mebibytes + "Mi").expect(0);
        Cdi.tool("qemu-img", "compare", "-f", "raw", "-F", "raw", raw.toString(), target().toString());
        assertEquals(mebibytes << 20, Files.size(target()));
        assertTrue(allocated(target()) >= mebibytes << 20, "allocated: " + allocated(target()));
    }

    @Test
    void withoutPreallocationOnlyDataTakesSpace() throws Exception {
        Cdi.run("convert", raw.toString(), target().toString(), "--size", "200Mi").expect(0);
        assertEquals(200L << 20, Files.size(target()));
        assertTrue(allocated(target()) < 20L << 20, "allocated: " + allocated(target()));
        assertNothingBut("[" + target() + "]");
    }

    /** Bytes that the filesystem keeps for a file. */
    private static long allocated(Path file) throws IOException, InterruptedException {
        String[] numbers = Cdi.tool("stat", "-c", "%b %B", file.toString()).strip().split(" ");
        return Long.parseLong(numbers[0]) * Long.parseLong(numbers[1]);
    }

    /** Bytes of journals in a folder. */
    private static long journaled(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private void assertNothingBut(String names) throws IOException {
        try (var files = Files.list(targets)) {
            assertEquals(names, files.toList().toString());
        }
    }
}
