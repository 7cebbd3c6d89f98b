package io.datavolume.image.vdi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.SampleDisk;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VdiRefusalTest {

    private static final int SIZE = 3 << 20;

    @TempDir
    private Path folder;

    private byte[] good = {};

    @BeforeEach
    void writeGoodImage() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 1);
        Path image = folder.resolve("disk.vdi");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vdi", raw.toString(), image.toString());
        good = Files.readAllBytes(image);
    }

    @Test
    void otherSignatureIsRefused() throws Exception {
        refused(VdiCheck.SIGNATURE, b -> b.putInt(64, 1));
    }

    @Test
    void otherVersionIsRefused() throws Exception {
        refused(VdiCheck.VERSION, b -> b.putInt(68, 1));
    }

    @Test
    void headerBehindTheFirstSectorIsRefused() throws Exception {
        refused(VdiCheck.HEADER_SIZE, b -> b.putInt(72, 441));
        refused(VdiCheck.HEADER_SIZE, b -> b.putInt(72, -1));
    }

    @Test
    void undoImageIsRefused() throws Exception {
        refused(VdiCheck.IMAGE_TYPE, b -> b.putInt(76, 3));
    }

    @Test
    void differencingImageIsRefused() throws Exception {
        refused(VdiCheck.IMAGE_TYPE, b -> b.putInt(76, 4));
        refused(VdiCheck.PARENT, b -> b.putLong(424, 1));
        refused(VdiCheck.PARENT, b -> b.putLong(448, 1));
    }

    @Test
    void unknownTypeIsRefused() throws Exception {
        refused(VdiCheck.IMAGE_TYPE, b -> b.putInt(76, 0));
    }

    @Test
    void oddSectorAndBlockSizesAreRefused() throws Exception {
        refused(VdiCheck.SECTOR_SIZE, b -> b.putInt(360, 4096));
        refused(VdiCheck.BLOCK_SIZE, b -> b.putInt(376, 0));
        refused(VdiCheck.BLOCK_SIZE, b -> b.putInt(376, 3 << 20));
        refused(VdiCheck.BLOCK_SIZE, b -> b.putInt(376, 1 << 31));
        refused(VdiCheck.BLOCK_EXTRA, b -> b.putInt(380, 512));
    }

    @Test
    void sizeOfZeroAndSizeThatCannotBeAddressedAreRefused() throws Exception {
        refused(VdiCheck.VIRTUAL_SIZE, b -> b.putLong(368, 0));
        refused(VdiCheck.VIRTUAL_SIZE, b -> b.putLong(368, -1));
        refused(VdiCheck.VIRTUAL_SIZE, b -> b.putLong(368, Long.MAX_VALUE));
    }

    @Test
    void mapThatNeedsTooMuchMemoryIsRefused() throws Exception {
        refused(VdiCheck.BLOCK_COUNT, b -> b.putLong(368, 1L << 50).putInt(384, 1 << 30));
    }

    @Test
    void mapLongerThanTheDiskNeedsIsRefused() throws Exception {
        refused(VdiCheck.BLOCK_COUNT, b -> b.putInt(384, 4));
        refused(VdiCheck.BLOCK_COUNT, b -> b.putInt(388, 4));
    }

    @Test
    void mapAtTheHeaderOrInTheDataIsRefused() throws Exception {
        refused(VdiCheck.LAYOUT, b -> b.putInt(340, 0));
        refused(VdiCheck.LAYOUT, b -> b.putInt(340, 513));
        refused(VdiCheck.LAYOUT, b -> b.putInt(340, 1024));
        refused(VdiCheck.LAYOUT, b -> b.putInt(344, 512));
    }

    @Test
    void entryBeyondTheStoredBlocksIsRefused() throws Exception {
        refused(VdiCheck.BLOCK_MAP, b -> b.putInt(512, 3));
        refused(VdiCheck.BLOCK_MAP, b -> b.putInt(512, 0x8000_0000));
    }

    @Test
    void blockUsedTwiceIsRefused() throws Exception {
        refused(VdiCheck.BLOCK_MAP, b -> b.putInt(512, b.getInt(516)));
    }

    @Test
    void truncatedImageIsRefused() throws Exception {
        for (int length : new int[]{0, 100, 511, 515, 1024, good.length - 1}) {
            Path image = Files.write(folder.resolve("bad.vdi"), Arrays.copyOf(good, length));
            for (Access.Mode mode : Access.Mode.values()) {
                assertThrows(ImageRefusedException.class, () -> LayoutHarness.run(image, mode, VdiLayout::new));
            }
        }
    }

    @Test
    void diskLargerThanTheTargetIsRefusedWithTheSizeToAskFor() throws Exception {
        Path image = Files.write(folder.resolve("large.vdi"), good);
        NeedsUserException refusal = assertThrows(NeedsUserException.class,
                () -> LayoutHarness.run(image, Access.Mode.FORWARD, SIZE - 1, VdiLayout::new));
        assertEquals(NeedsUserException.Reason.TOO_LARGE, refusal.reason());
        assertTrue(String.valueOf(refusal.getMessage()).contains("virtual image size " + SIZE
                + " is larger than the reported available storage " + (SIZE - 1) + ". A larger PVC is required"));
        assertDoesNotThrow(() -> LayoutHarness.run(image, Access.Mode.FORWARD, SIZE, VdiLayout::new));
    }

    @Test
    void goodImagePassesAllChecks() throws Exception {
        Path image = Files.write(folder.resolve("good.vdi"), good);
        LayoutHarness harness = LayoutHarness.run(image, Access.Mode.RANDOM, VdiLayout::new);
        harness.layout().checks().lines()
                .forEach(line -> assertEquals(SafetyReport.Outcome.PASSED, line.outcome(), line::toString));
    }

    @Test
    void changedBytesAreReadOrRefusedAndNothingElse() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = Arrays.copyOf(good, 1024);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                bytes[64 + random.nextInt(464)] = (byte) random.nextInt();
            }
            VdiFuzzTest.read(bytes);
        }
    }

    private void refused(VdiCheck check, Consumer<ByteBuffer> change) throws Exception {
        byte[] bytes = good.clone();
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        Path image = Files.write(folder.resolve("bad.vdi"), bytes);
        for (Access.Mode mode : Access.Mode.values()) {
            ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                    () -> LayoutHarness.run(image, mode, VdiLayout::new));
            assertTrue(refusal.violations().stream().anyMatch(v -> v.check().equals(check.id())),
                    refusal::getMessage);
        }
    }
}
