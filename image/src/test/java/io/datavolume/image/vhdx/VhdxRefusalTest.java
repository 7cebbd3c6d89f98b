package io.datavolume.image.vhdx;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.Extent;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.SampleDisk;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VhdxRefusalTest {

    private static final int SIZE = 3 << 20;
    private static final int ITEMS = 64 << 10;

    /** Bytes of the image that hold all its structures. */
    private static final int HEAD = 4 << 20;

    @TempDir
    private Path folder;

    private VhdxBytes good = new VhdxBytes(new byte[0]);

    @BeforeEach
    void writeGoodImage() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 1);
        Path image = folder.resolve("disk.vhdx");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vhdx", "-o", "block_size=1M,log_size=1M",
                raw.toString(), image.toString());
        good = VhdxBytes.of(image);
    }

    @Test
    void otherSignatureIsRefused() throws Exception {
        refused(VhdxCheck.SIGNATURE, image -> image.array()[0]++);
    }

    @Test
    void oneDamagedHeaderIsReplacedByTheOther() throws Exception {
        for (int at : List.of(64 << 10, 128 << 10)) {
            assertRead(image -> image.array()[at + 100]++);
        }
    }

    @Test
    void twoDamagedHeadersAreRefused() throws Exception {
        refused(VhdxCheck.HEADER, image -> {
            image.array()[(64 << 10) + 100]++;
            image.array()[(128 << 10) + 100]++;
        });
    }

    @Test
    void headersWithTheSameNumberAreReadWhereTheyAgree() throws Exception {
        assertRead(image -> image.headers(b -> b.putLong(8, 7)));
        refused(VhdxCheck.HEADER, image -> {
            int[] copy = {0};
            image.headers(b -> b.putLong(8, 7).putInt(68, (1 + copy[0]++) << 20));
        });
    }

    @Test
    void otherVersionsAreRefused() throws Exception {
        refused(VhdxCheck.VERSION, image -> image.headers(b -> b.putShort(66, (short) 2)));
        refused(VhdxCheck.VERSION, image -> image.headers(b -> b.putShort(64, (short) 1)));
    }

    @Test
    void logAtAnotherStructureIsRefused() throws Exception {
        refused(VhdxCheck.OVERLAP, image -> image.headers(b -> b.putLong(72, 0)));
        refused(VhdxCheck.OVERLAP, image -> image.headers(b -> b.putLong(72, 4096)));
        refused(VhdxCheck.OVERLAP, image -> image.headers(b -> b.putLong(72, VhdxBytes.METADATA)));
        refused(VhdxCheck.OVERLAP, image -> image.headers(b -> b.putLong(72, -(1L << 20))));
    }

    @Test
    void oneDamagedRegionTableIsReplacedByTheOther() throws Exception {
        assertRead(image -> image.array()[(192 << 10) + 100]++);
    }

    @Test
    void twoDamagedRegionTablesAreRefused() throws Exception {
        refused(VhdxCheck.REGION_TABLE, image -> {
            image.array()[(192 << 10) + 100]++;
            image.array()[(256 << 10) + 100]++;
        });
    }

    @Test
    void tooManyRegionsAreRefused() throws Exception {
        refused(VhdxCheck.REGION_TABLE, image -> image.regionTables(b -> b.putInt(8, 2048)));
        refused(VhdxCheck.REGION_TABLE, image -> image.regionTables(b -> b.putInt(8, -1)));
    }

    @Test
    void missingDoubleAndUnknownRequiredRegionsAreRefused() throws Exception {
        refused(VhdxCheck.REGIONS, image -> image.regionTables(b -> b.putInt(8, 1)));
        refused(VhdxCheck.REGIONS,
                image -> image.regionTables(b -> b.putLong(48, b.getLong(16)).putLong(56, b.getLong(24))));
        refused(VhdxCheck.REGIONS, image -> image.regionTables(b -> unknownRegion(b, 1)));
        assertRead(image -> image.regionTables(b -> unknownRegion(b, 0)));
    }

    private static void unknownRegion(ByteBuffer b, int required) {
        b.putInt(8, 3).putLong(80, 1).putLong(88, 2).putLong(96, 1L << 40).putInt(104, 1 << 20).putInt(108, required);
    }

    @Test
    void overlappingRegionsAreRefused() throws Exception {
        refused(VhdxCheck.OVERLAP, image -> image.regionTables(b -> b.putLong(32, VhdxBytes.METADATA)));
        refused(VhdxCheck.OVERLAP, image -> image.regionTables(b -> b.putLong(32, VhdxBytes.LOG)));
        refused(VhdxCheck.OVERLAP, image -> image.regionTables(b -> b.putLong(32, 0)));
        refused(VhdxCheck.OVERLAP, image -> image.regionTables(b -> b.putLong(32, VhdxBytes.BLOCK_TABLE + 512)));
        refused(VhdxCheck.OVERLAP, image -> image.regionTables(b -> b.putLong(32, -(1L << 20))));
    }

    @Test
    void brokenMetadataTableIsRefused() throws Exception {
        refused(VhdxCheck.METADATA, image -> image.metadata(b -> b.put(0, (byte) 0)));
        refused(VhdxCheck.METADATA, image -> image.metadata(b -> b.putShort(10, (short) 2048)));
        refused(VhdxCheck.METADATA, image -> image.metadata(b -> b.putShort(10, (short) 4)));
        refused(VhdxCheck.METADATA, image -> image.metadata(b -> b.putInt(32 + 16, 4096)));
        refused(VhdxCheck.METADATA, image -> image.metadata(b -> b.putInt(32 + 16, (1 << 20) - 4)));
        refused(VhdxCheck.METADATA, image -> image.metadata(b -> b.putInt(32 + 20, -1)));
    }

    @Test
    void unknownRequiredMetadataIsRefused() throws Exception {
        refused(VhdxCheck.METADATA,
                image -> image.metadata(b -> b.putShort(10, (short) 6).putLong(6 * 32, 5).putInt(6 * 32 + 24, 4)));
        assertRead(image -> image.metadata(b -> b.putShort(10, (short) 6).putLong(6 * 32, 5)));
    }

    @Test
    void differencingImageIsRefused() throws Exception {
        refused(VhdxCheck.PARENT, image -> image.metadata(b -> b.putInt(ITEMS + 4, 2)));
        refused(VhdxCheck.PARENT, image -> image.metadata(b -> b.putShort(10, (short) 6)
                .putLong(6 * 32, 0x454db30ba8d35f2dL).putLong(6 * 32 + 8, 0x0cab3448d8d3f7abL)));
        refused(VhdxCheck.BLOCKS, image -> image.blocks(b -> b.putLong(0, b.getLong(0) | 7)));
    }

    @Test
    void oddSizesAreRefused() throws Exception {
        for (int size : new int[]{0, 1 << 19, 3 << 20, 512 << 20, 1 << 31}) {
            refused(VhdxCheck.BLOCK_SIZE, image -> image.metadata(b -> b.putInt(ITEMS, size)));
        }
        for (long size : new long[]{0, -512, 513, (64L << 40) + 512, Long.MAX_VALUE}) {
            refused(VhdxCheck.VIRTUAL_SIZE, image -> image.metadata(b -> b.putLong(ITEMS + 8, size)));
        }
        refused(VhdxCheck.SECTOR_SIZE, image -> image.metadata(b -> b.putInt(ITEMS + 32, 0)));
        refused(VhdxCheck.SECTOR_SIZE, image -> image.metadata(b -> b.putInt(ITEMS + 36, 1024)));
    }

    @Test
    void diskLargerThanItsTableIsRefused() throws Exception {
        refused(VhdxCheck.TABLE_SIZE, image -> image.metadata(b -> b.putLong(ITEMS + 8, 1L << 40)));
    }

    @Test
    void blockInUnknownStateIsRefused() throws Exception {
        refused(VhdxCheck.BLOCKS, image -> image.blocks(b -> b.putLong(0, 4)));
        refused(VhdxCheck.BLOCKS, image -> image.blocks(b -> b.putLong(0, 5)));
    }

    @Test
    void blocksWithoutContentAreMappedByTheirState() throws Exception {
        VhdxBytes image = new VhdxBytes(good.array().clone());
        image.blocks(b -> b.putLong(0, 1).putLong(8, 2).putLong(16, 3));
        Path file = Files.write(folder.resolve("states.vhdx"), image.array());
        assertEquals(List.of(Mapping.empty(0, 1 << 20, Extent.Kind.UNALLOCATED),
                Mapping.empty(1 << 20, 1 << 20, Extent.Kind.ZERO),
                Mapping.empty(2 << 20, 1 << 20, Extent.Kind.UNALLOCATED)),
                LayoutHarness.run(file, Access.Mode.RANDOM, VhdxLayout::new).mappings());
    }

    @Test
    void blockOutsideTheFileOrAtAnotherStructureIsRefused() throws Exception {
        for (long place : new long[]{0, 1, 2, 3, 100, 1 << 20, 1L << 40, (1L << 44) - 1}) {
            refused(VhdxCheck.BLOCKS, image -> image.blocks(b -> b.putLong(0, place << 20 | 6)));
        }
    }

    @Test
    void blockUsedTwiceIsRefused() throws Exception {
        refused(VhdxCheck.BLOCKS, image -> image.blocks(b -> b.putLong(0, b.getLong(8))));
    }

    @Test
    void truncatedImageIsRefused() throws Exception {
        for (int length : new int[]{0, 100, 519, 65536, 200_000, 2 << 20, (3 << 20) + 100, (4 << 20) - 1,
            good.array().length - 1}) {
            Path image = Files.write(folder.resolve("bad.vhdx"), Arrays.copyOf(good.array(), length));
            for (Access.Mode mode : Access.Mode.values()) {
                assertThrows(ImageRefusedException.class, () -> LayoutHarness.run(image, mode, VhdxLayout::new),
                        () -> mode + " of " + length);
            }
        }
    }

    @Test
    void diskLargerThanTheTargetIsRefused() throws Exception {
        Path image = Files.write(folder.resolve("large.vhdx"), good.array());
        NeedsUserException refusal = assertThrows(NeedsUserException.class,
                () -> LayoutHarness.run(image, Access.Mode.FORWARD, SIZE - 1, VhdxLayout::new));
        assertEquals(NeedsUserException.Reason.TOO_LARGE, refusal.reason());
        assertDoesNotThrow(() -> LayoutHarness.run(image, Access.Mode.FORWARD, SIZE, VhdxLayout::new));
    }

    @Test
    void goodImagePassesAllChecks() throws Exception {
        Path image = Files.write(folder.resolve("good.vhdx"), good.array());
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness.run(image, mode, VhdxLayout::new).layout().checks().lines()
                    .forEach(line -> assertEquals(SafetyReport.Outcome.PASSED, line.outcome(), line::toString));
        }
    }

    @Test
    void changedBytesAreReadOrRefusedAndNothingElse() throws Exception {
        Random random = new Random(42);
        int[] places = {64 << 10, 192 << 10, VhdxBytes.LOG, VhdxBytes.BLOCK_TABLE, VhdxBytes.METADATA,
            VhdxBytes.ITEMS};
        for (int i = 0; i < 60; i++) {
            VhdxBytes image = new VhdxBytes(Arrays.copyOf(good.array(), HEAD));
            image.markDirty();
            image.logEntry(0, 0, 1, b -> b.put(random.nextInt(96), (byte) random.nextInt()),
                    VhdxBytes.Change.zero(VhdxBytes.BLOCK_TABLE, 4096));
            for (int n = random.nextInt(4); n > 0; n--) {
                image.array()[places[random.nextInt(places.length)] + random.nextInt(200)] = (byte) random.nextInt();
            }
            image.headers(b -> {});
            image.regionTables(b -> {});
            VhdxFuzzTest.read(image.array());
        }
    }

    private void assertRead(Consumer<VhdxBytes> change) throws Exception {
        VhdxBytes image = new VhdxBytes(good.array().clone());
        change.accept(image);
        Path file = Files.write(folder.resolve("good.vhdx"), image.array());
        for (Access.Mode mode : Access.Mode.values()) {
            assertEquals(SIZE, LayoutHarness.run(file, mode, VhdxLayout::new).layout().virtualSize().orElseThrow());
        }
    }

    private void refused(VhdxCheck check, Consumer<VhdxBytes> change) throws Exception {
        VhdxBytes image = new VhdxBytes(good.array().clone());
        change.accept(image);
        Path file = Files.write(folder.resolve("bad.vhdx"), image.array());
        for (Access.Mode mode : Access.Mode.values()) {
            ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                    () -> LayoutHarness.run(file, mode, VhdxLayout::new));
            assertTrue(refusal.violations().stream().anyMatch(v -> v.check().equals(check.id())),
                    refusal::getMessage);
        }
    }
}
