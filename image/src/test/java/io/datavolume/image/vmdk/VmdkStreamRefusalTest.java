package io.datavolume.image.vmdk;

import static io.datavolume.image.vmdk.StreamWriter.GRAIN;
import static io.datavolume.image.vmdk.VmdkRefusal.changed;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.Access.Mode;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmdkStreamRefusalTest {

    private static final int CAPACITY = 1024;
    private static final int FIRST_MARKER = StreamWriter.OVERHEAD * 512;

    @TempDir
    private Path folder;

    private final byte[] grain = new byte[GRAIN];
    private byte[] good = {};

    @BeforeEach
    void writeGoodImage() throws Exception {
        Arrays.fill(grain, (byte) 3);
        good = writer().directory().footer().end();
        Path image = Files.write(folder.resolve("good.vmdk"), good);
        LayoutHarness.command("qemu-img", "convert", "-f", "vmdk", "-O", "raw", image.toString(),
                folder.resolve("good.raw").toString());
        for (Mode mode : Mode.values()) {
            LayoutHarness.run(image, mode, VmdkLayout::new);
        }
    }

    @Test
    void grainSeenTwiceIsRefused() throws Exception {
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().strayGrain(128, grain).directory().footer().end());
    }

    @Test
    void grainThatNoTableNamesIsRefused() throws Exception {
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().strayGrain(512, grain).directory().footer().end());
    }

    @Test
    void markerThatNamesAnotherGrainThanTheTableIsRefused() throws Exception {
        byte[] moved = changed(good, b -> b.putLong(FIRST_MARKER, 512));
        refused(Mode.FORWARD, VmdkCheck.MARKER, moved);
        // At random access the decoder compares marker and table.
        Path image = Files.write(folder.resolve("moved.vmdk"), moved);
        LayoutHarness harness = LayoutHarness.run(image, Mode.RANDOM, VmdkLayout::new);
        assertThrows(ImageRefusedException.class, () -> harness.writeTo(image, folder.resolve("moved.raw")));
    }

    @Test
    void markerOutsideTheDiskIsRefused() throws Exception {
        for (long sector : new long[]{1, CAPACITY, -128, Long.MIN_VALUE}) {
            refused(Mode.FORWARD, VmdkCheck.MARKER, changed(good, b -> b.putLong(FIRST_MARKER, sector)));
        }
    }

    @Test
    void grainStoredTooLongIsRefused() throws Exception {
        refused(Mode.FORWARD, VmdkCheck.MARKER, changed(good, b -> b.putInt(FIRST_MARKER + 8, -1)));
        refused(Mode.FORWARD, VmdkCheck.MARKER, changed(good, b -> b.putInt(FIRST_MARKER + 8, 3 * GRAIN)));
    }

    @Test
    void damagedGrainIsRefused() throws Exception {
        byte[] damaged = changed(good, b -> b.putInt(FIRST_MARKER + 20, 0x5a5a5a5a));
        Path image = Files.write(folder.resolve("damaged.vmdk"), damaged);
        for (Mode mode : Mode.values()) {
            LayoutHarness harness = LayoutHarness.run(image, mode, VmdkLayout::new);
            assertThrows(ImageRefusedException.class, () -> harness.writeTo(image, folder.resolve("damaged.raw")));
        }
    }

    @Test
    void unknownMarkerIsRefused() throws Exception {
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().marker(0, 5).directory().footer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().marker(0, -1).directory().footer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().marker(1L << 60, 1).directory().footer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().marker(-1, 4).directory().footer().end());
    }

    @Test
    void metadataOutOfOrderIsRefused() throws Exception {
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().table().footer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().directory().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().directory().strayGrain(512, grain).footer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().directory().directory().footer().end());
        refused(Mode.FORWARD, VmdkCheck.MARKER, writer().directory().footer().footer().end());
    }

    @Test
    void footerThatDisagreesWithTheHeaderIsRefused() throws Exception {
        int footer = good.length - 1024;
        for (Mode mode : Mode.values()) {
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putInt(footer, 0)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putInt(footer + 4, 1)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putInt(footer + 8, 0x30005)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putLong(footer + 12, CAPACITY - 128)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putLong(footer + 20, 64)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putInt(footer + 44, 256)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putLong(footer + 56, -1)));
            refused(mode, VmdkCheck.FOOTER, changed(good, b -> b.putShort(footer + 77, (short) 0)));
        }
        refused(Mode.FORWARD, VmdkCheck.FOOTER, changed(good, b -> b.putLong(footer + 56, 20)));
        refused(Mode.RANDOM, VmdkCheck.GRAIN_DIRECTORY, changed(good, b -> b.putLong(footer + 56, 1L << 40)));
    }

    @Test
    void directoryThatHidesATableIsRefused() throws Exception {
        StreamWriter writer = writer().directory();
        int directory = writer.directorySector() * 512;
        byte[] image = writer.footer().end();
        refused(Mode.FORWARD, VmdkCheck.MARKER, changed(image, b -> b.putInt(directory, 0)));
        refused(Mode.FORWARD, VmdkCheck.MARKER, changed(image, b -> b.putInt(directory, b.getInt(directory) + 1)));
        refused(Mode.FORWARD, VmdkCheck.MARKER,
                changed(image, b -> b.putInt(b.getInt(directory) * 512 + 8, StreamWriter.OVERHEAD)));
    }

    @Test
    void bytesBehindTheEndAreRefused() throws Exception {
        for (Mode mode : Mode.values()) {
            refused(mode, VmdkCheck.FOOTER, Arrays.copyOf(good, good.length + 1));
            refused(mode, VmdkCheck.FOOTER, Arrays.copyOf(good, good.length + 512));
        }
    }

    @Test
    void truncatedStreamIsRefused() throws Exception {
        for (int length = good.length - 1; length > 0; length -= 499) {
            Path image = Files.write(folder.resolve("short.vmdk"), Arrays.copyOf(good, length));
            for (Mode mode : Mode.values()) {
                assertThrows(ImageRefusedException.class, () -> LayoutHarness.run(image, mode, VmdkLayout::new));
            }
        }
    }

    @Test
    void grainsInsideTheDescriptorAreRefused() throws Exception {
        VmdkRefusal.assertRefused(folder, changed(good, b -> b.putLong(64, StreamWriter.OVERHEAD - 1)),
                VmdkCheck.OVERHEAD);
        VmdkRefusal.assertRefused(folder, changed(good, b -> b.putLong(64, -1)), VmdkCheck.OVERHEAD);
    }

    @Test
    void changedBytesAreReadOrRefusedAndNothingElse() {
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                int at = random.nextBoolean()
                        ? random.nextInt(80)
                        : FIRST_MARKER + random.nextInt(bytes.length - FIRST_MARKER);
                bytes[at] = (byte) random.nextInt();
            }
            VmdkFuzzTest.read(bytes);
        }
    }

    private StreamWriter writer() throws Exception {
        return new StreamWriter(CAPACITY).grain(0, grain).grain(128, grain).grain(640, grain);
    }

    private void refused(Mode mode, VmdkCheck check, byte[] image) throws Exception {
        VmdkRefusal.assertRefused(folder, image, mode, check);
    }
}
