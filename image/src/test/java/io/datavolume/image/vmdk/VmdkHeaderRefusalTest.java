package io.datavolume.image.vmdk;

import static io.datavolume.image.vmdk.VmdkRefusal.changed;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.NeedsUserException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmdkHeaderRefusalTest {

    private static final int SIZE = 40 << 20;
    private static final int DIRECTORY = 0x1e * 512;
    private static final int FIRST_TABLE = 0x1f * 512;

    @TempDir
    private Path folder;

    private byte[] good = {};

    @BeforeEach
    void writeGoodImage() throws Exception {
        Path image = folder.resolve("disk.vmdk");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vmdk", image.toString(), String.valueOf(SIZE));
        LayoutHarness.command("qemu-io", "-f", "vmdk", "-c", "write -P 7 0 128k", image.toString());
        good = Files.readAllBytes(image);
        // Where the tests below find directory and table.
        ByteBuffer le = ByteBuffer.wrap(good).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertEquals(DIRECTORY, le.getLong(56) * 512);
        assertEquals(FIRST_TABLE, le.getInt(DIRECTORY) * 512);
    }

    @Test
    void otherMagicIsRefused() throws Exception {
        refused(VmdkCheck.MAGIC, b -> b.putInt(0, 1));
    }

    @Test
    void hostSparseExtentsAreRefusedByName() throws Exception {
        byte[] cowd = changed(good, b -> b.putInt(0, 0x44574f43));
        assertTrue(String
                .valueOf(VmdkRefusal.assertRefused(folder, cowd, Access.Mode.FORWARD, VmdkCheck.MAGIC).getMessage())
                .contains("COWD"));
        byte[] seSparse = changed(good, b -> b.putLong(0, 0xcafebabeL));
        assertTrue(String
                .valueOf(VmdkRefusal.assertRefused(folder, seSparse, Access.Mode.FORWARD, VmdkCheck.MAGIC).getMessage())
                .contains("seSparse"));
    }

    @Test
    void unknownVersionAndFlagsAreRefused() throws Exception {
        refused(VmdkCheck.VERSION, b -> b.putInt(4, 4));
        refused(VmdkCheck.VERSION, b -> b.putInt(4, 0));
        refused(VmdkCheck.FLAGS, b -> b.putInt(8, 0x40003));
    }

    @Test
    void imageChangedByTextTransferIsRefused() throws Exception {
        refused(VmdkCheck.NEWLINE_DETECTION, b -> b.putInt(73, 0x0d0a200a));
    }

    @Test
    void sizeOfZeroAndSizeThatCannotBeAddressedAreRefused() throws Exception {
        refused(VmdkCheck.VIRTUAL_SIZE, b -> b.putLong(12, 0));
        refused(VmdkCheck.VIRTUAL_SIZE, b -> b.putLong(12, -1));
        refused(VmdkCheck.VIRTUAL_SIZE, b -> b.putLong(12, Long.MAX_VALUE / 512 + 1));
    }

    @Test
    void oddGrainSizesAreRefused() throws Exception {
        for (long grain : new long[]{0, 3, -128, 1 << 18, Long.MIN_VALUE}) {
            refused(VmdkCheck.GRAIN_SIZE, b -> b.putLong(20, grain));
        }
    }

    @Test
    void oddGrainTableSizesAreRefused() throws Exception {
        for (int entries : new int[]{0, 1, 513, 8192, 1 << 31}) {
            refused(VmdkCheck.GRAIN_TABLE_SIZE, b -> b.putInt(44, entries));
        }
    }

    @Test
    void directoryThatNeedsTooMuchMemoryIsRefused() throws Exception {
        refused(VmdkCheck.GRAIN_DIRECTORY, b -> b.putLong(12, 1L << 50));
    }

    @Test
    void unknownCompressionIsRefused() throws Exception {
        refused(VmdkCheck.COMPRESSION, b -> b.putShort(77, (short) 1));
        refused(VmdkCheck.COMPRESSION, b -> b.putShort(77, (short) 2).putInt(8, 0x30003));
        refused(VmdkCheck.COMPRESSION, b -> b.putShort(77, (short) 1).putInt(8, 0x10003));
    }

    @Test
    void descriptorAboveOneMebibyteIsRefused() throws Exception {
        refused(VmdkCheck.DESCRIPTOR_SIZE, b -> b.putLong(36, 2049));
        refused(VmdkCheck.DESCRIPTOR_SIZE, b -> b.putLong(36, 0));
        refused(VmdkCheck.DESCRIPTOR_SIZE, b -> b.putLong(28, -1));
        refused(VmdkCheck.DESCRIPTOR_SIZE, b -> b.putLong(28, Long.MAX_VALUE).putLong(36, 1));
    }

    @Test
    void extentWithoutDescriptorIsRefused() throws Exception {
        refused(VmdkCheck.EXTENTS, b -> b.putLong(28, 0));
    }

    @Test
    void directoryElsewhereIsRefused() throws Exception {
        refused(VmdkCheck.GRAIN_DIRECTORY, b -> b.putLong(56, 0));
        refused(VmdkCheck.GRAIN_DIRECTORY, b -> b.putLong(56, Long.MAX_VALUE));
        refused(VmdkCheck.GRAIN_DIRECTORY, b -> b.putLong(56, 2));
        refused(VmdkCheck.OVERHEAD, b -> b.putLong(56, -1));
    }

    @Test
    void grainTableElsewhereIsRefused() throws Exception {
        refused(VmdkCheck.GRAIN_TABLE, b -> b.putInt(DIRECTORY, 1));
        refused(VmdkCheck.GRAIN_TABLE, b -> b.putInt(DIRECTORY, 0x1e));
        refused(VmdkCheck.GRAIN_TABLE, b -> b.putInt(DIRECTORY, 0x15));
        refused(VmdkCheck.GRAIN_TABLE, b -> b.putInt(DIRECTORY, b.getInt(DIRECTORY + 4)));
        refused(VmdkCheck.GRAIN_TABLE, b -> b.putInt(DIRECTORY, b.getInt(DIRECTORY + 4) - 1));
        byte[] far = changed(good, b -> b.putInt(DIRECTORY, -1));
        VmdkRefusal.assertRefused(folder, far, Access.Mode.RANDOM, VmdkCheck.GRAIN_TABLE);
        VmdkRefusal.assertRefused(folder, far, Access.Mode.FORWARD, VmdkCheck.FILE_LENGTH);
    }

    @Test
    void grainAtMetadataIsRefused() throws Exception {
        for (int sector : new int[]{1, 20, 0x15, 0x1e, 0x1f, 0x23}) {
            refused(VmdkCheck.GRAIN, b -> b.putInt(FIRST_TABLE, sector));
        }
    }

    @Test
    void grainBehindTheEndOfTheFileIsRefused() throws Exception {
        byte[] far = changed(good, b -> b.putInt(FIRST_TABLE, good.length / 512));
        VmdkRefusal.assertRefused(folder, far, Access.Mode.RANDOM, VmdkCheck.GRAIN);
        VmdkRefusal.assertRefused(folder, far, Access.Mode.FORWARD, VmdkCheck.FILE_LENGTH);
    }

    @Test
    void truncatedImageIsRefused() throws Exception {
        for (int length : new int[]{0, 3, 511, 512, 5000, DIRECTORY + 1, FIRST_TABLE + 5, good.length - 1}) {
            Path image = Files.write(folder.resolve("short.vmdk"), Arrays.copyOf(good, length));
            for (Access.Mode mode : Access.Mode.values()) {
                NeedsUserException refusal = assertThrows(NeedsUserException.class,
                        () -> LayoutHarness.run(image, mode, VmdkLayout::new));
                assertEquals(NeedsUserException.Reason.REFUSED_IMAGE, refusal.reason());
            }
        }
    }

    @Test
    void diskLargerThanTheTargetIsRefusedWithTheSizeToAskFor() throws Exception {
        Path image = Files.write(folder.resolve("large.vmdk"), good);
        NeedsUserException refusal = assertThrows(NeedsUserException.class,
                () -> LayoutHarness.run(image, Access.Mode.FORWARD, SIZE - 1, VmdkLayout::new));
        assertEquals(NeedsUserException.Reason.TOO_LARGE, refusal.reason());
        assertTrue(String.valueOf(refusal.getMessage()).contains("virtual image size " + SIZE
                + " is larger than the reported available storage " + (SIZE - 1) + ". A larger PVC is required"));
        assertDoesNotThrow(() -> LayoutHarness.run(image, Access.Mode.FORWARD, SIZE, VmdkLayout::new));
    }

    @Test
    void changedBytesAreReadOrRefusedAndNothingElse() {
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                int area = random.nextInt(4);
                int at = switch (area) {
                    case 0 -> random.nextInt(80);
                    case 1 -> 512 + random.nextInt(340);
                    case 2 -> DIRECTORY + random.nextInt(12);
                    default -> FIRST_TABLE + random.nextInt(16);
                };
                bytes[at] = (byte) random.nextInt();
            }
            VmdkFuzzTest.read(bytes);
        }
    }

    private void refused(VmdkCheck check, Consumer<ByteBuffer> change) throws Exception {
        VmdkRefusal.assertRefused(folder, changed(good, change), check);
    }
}
