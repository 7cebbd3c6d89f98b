package io.datavolume.image.volume;

import static io.datavolume.image.volume.VolumeFixture.KIB;
import static io.datavolume.image.volume.VolumeFixture.MIB;
import static io.datavolume.image.volume.VolumeFixture.direct;
import static io.datavolume.image.volume.VolumeFixture.filled;
import static io.datavolume.image.volume.VolumeFixture.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.os.NativeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plain file stands in for the device where nothing of a device is needed; a loop device otherwise. */
class DeviceVolumeTest {

    private static final int SIZE = 16 * MIB;

    @TempDir
    Path folder;

    private Path stale() throws IOException {
        return Files.write(folder.resolve("backing"), filled(SIZE, 0xFF));
    }

    /** A loop device over a file, detached at the end. */
    private record Loop(Path device) implements AutoCloseable {

        static Loop over(Path file) throws Exception {
            assumeTrue(System.getProperty("user.name").equals("root"), "loop devices need root");
            Process process = new ProcessBuilder("losetup", "--find", "--show", file.toString()).start();
            String device = process.inputReader().readLine();
            assumeTrue(process.waitFor() == 0 && device != null, "this system makes no loop devices");
            return new Loop(Path.of(device));
        }

        @Override
        public void close() throws IOException, InterruptedException {
            LayoutHarness.command("losetup", "--detach", device.toString());
        }
    }

    /** Writes some of everything and returns what the device must hold. */
    private static byte[] importInto(Volume volume) throws IOException {
        byte[] expected = new byte[SIZE];
        byte[] content = new byte[3 * MIB + 700];
        new Random(5).nextBytes(content);
        Arrays.fill(content, MIB + 1, MIB + 500 * KIB, (byte) 0);
        Arrays.fill(content, 100, 4000, (byte) 0);
        volume.prepare(8 * MIB);
        volume.write(512, direct(content).slice());
        volume.zero(0, 512);
        volume.zero(512 + content.length, 8 * MIB - 512 - content.length);
        volume.write(6 * MIB, ByteBuffer.wrap(filled(256 * KIB, 7)));
        System.arraycopy(content, 0, expected, 512, content.length);
        Arrays.fill(expected, 6 * MIB, 6 * MIB + 256 * KIB, (byte) 7);
        volume.complete(8 * MIB);
        return expected;
    }

    @ParameterizedTest
    @EnumSource(CacheMode.class)
    void nothingStaleIsLeftOnADevice(CacheMode mode) throws Exception {
        try (Loop loop = Loop.over(stale())) {
            byte[] expected;
            try (Volume volume = Volumes.open(loop.device(), VolumeOptions.DEFAULT.withCacheMode(mode))) {
                assertInstanceOf(DeviceVolume.class, volume);
                assertEquals(SIZE, volume.capacity());
                expected = importInto(volume);
                ByteBuffer back = ByteBuffer.allocate(SIZE);
                volume.read(0, back);
                assertArrayEquals(expected, back.array());
            }
            assertArrayEquals(expected, Files.readAllBytes(loop.device()));
        }
        assertEquals(SIZE, Files.size(folder.resolve("backing")));
    }

    @Test
    void nothingStaleIsLeftWithoutNativeCalls() throws Exception {
        byte[] expected;
        Path backing = stale();
        try (DeviceVolume volume = DeviceVolume.open(backing, VolumeOptions.DEFAULT,
                (path, mode) -> NativeFile.unsupported())) {
            assertEquals(SIZE, volume.capacity());
            expected = importInto(volume);
        }
        assertArrayEquals(expected, Files.readAllBytes(backing));
    }

    @Test
    void zeroRangeServesWhereTheDeviceCannotZero() throws Exception {
        byte[] expected;
        Path backing = stale();
        try (DeviceVolume volume = DeviceVolume.open(backing, VolumeOptions.DEFAULT)) {
            expected = importInto(volume);
        }
        assertArrayEquals(expected, Files.readAllBytes(backing));
    }

    @Test
    void deviceInUseIsRefused() throws Exception {
        try (Loop loop = Loop.over(stale());
                Volume first = Volumes.open(loop.device(), VolumeOptions.DEFAULT)) {
            String message = refusal(Reason.TARGET, () -> Volumes.open(loop.device(), VolumeOptions.DEFAULT).close());
            assertTrue(message.contains("is in use"), message);
            first.zero(0, 512);
        }
    }

    @Test
    void mountedDeviceIsRefused() throws Exception {
        Path backing = stale();
        LayoutHarness.command("mkfs.ext4", "-q", "-F", backing.toString());
        Path mount = Files.createDirectory(folder.resolve("mount"));
        try (Loop loop = Loop.over(backing)) {
            assumeTrue(new ProcessBuilder("mount", loop.device().toString(), mount.toString()).start().waitFor() == 0,
                    "this user may not mount");
            try {
                refusal(Reason.TARGET, () -> Volumes.open(loop.device(), VolumeOptions.DEFAULT).close());
            } finally {
                LayoutHarness.command("umount", mount.toString());
            }
        }
    }

    @Test
    void discardErasesWhatWasWritten() throws Exception {
        try (Loop loop = Loop.over(stale())) {
            try (Volume volume = Volumes.open(loop.device(), VolumeOptions.DEFAULT)) {
                volume.write(MIB, direct(filled(MIB + 77, 3)));
                volume.discard();
            }
            byte[] content = Files.readAllBytes(loop.device());
            assertArrayEquals(new byte[2 * MIB + 77], Arrays.copyOf(content, 2 * MIB + 77));
        }
    }

    @Test
    void diskLargerThanTheDeviceIsTooLarge() throws Exception {
        try (Loop loop = Loop.over(stale());
                Volume volume = Volumes.open(loop.device(), VolumeOptions.DEFAULT)) {
            refusal(Reason.TOO_LARGE, () -> volume.prepare(SIZE + 512));
            refusal(Reason.TOO_LARGE, () -> volume.write(SIZE - 1, direct(new byte[2])));
            refusal(Reason.TOO_LARGE, () -> volume.complete(SIZE + 512));
        }
    }
}
