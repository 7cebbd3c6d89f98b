package io.datavolume.image.vhd;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VhdRefusalTest {

    private static final int SIZE = (5 << 20) + 512;
    private static final int TABLE = 1536;

    @TempDir
    private Path folder;

    private byte[] good = {};
    private byte[] fixed = {};

    @BeforeEach
    void writeGoodImages() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 1);
        good = convert(raw, "dynamic");
        fixed = convert(raw, "fixed");
    }

    private byte[] convert(Path raw, String kind) throws Exception {
        Path image = folder.resolve(kind + ".vhd");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vpc", "-o",
                "force_size=on,subformat=" + kind, raw.toString(), image.toString());
        return Files.readAllBytes(image);
    }

    @Test
    void otherCookieIsRefused() throws Exception {
        refused(VhdCheck.FOOTER, image -> {
            image.array()[0]++;
            image.array()[image.array().length - 512]++;
        });
        refused(VhdCheck.HEADER, image -> image.header((b, at) -> b.put(at, (byte) 0)));
    }

    @Test
    void wrongChecksumIsRefused() throws Exception {
        refused(VhdCheck.FOOTER_CHECKSUM, image -> image.array()[30]++);
        refused(VhdCheck.HEADER_CHECKSUM, image -> image.array()[512 + 900]++);
    }

    @Test
    void otherVersionIsRefused() throws Exception {
        refused(VhdCheck.VERSION, image -> image.footers((b, at) -> b.putInt(at + 12, 0x20000)));
        refused(VhdCheck.VERSION, image -> image.header((b, at) -> b.putInt(at + 24, 0x20000)));
    }

    @Test
    void differencingImageIsRefused() throws Exception {
        refused(VhdCheck.IMAGE_TYPE, image -> image.footers((b, at) -> b.putInt(at + 60, 4)));
    }

    @Test
    void typeThatDoesNotFitThePlaceOfTheFooterIsRefused() throws Exception {
        refused(VhdCheck.IMAGE_TYPE, image -> image.footers((b, at) -> b.putInt(at + 60, 2)));
        refused(VhdCheck.IMAGE_TYPE, image -> image.footers((b, at) -> b.putInt(at + 60, 0)));
        fixedRefused(VhdCheck.IMAGE_TYPE, image -> image.footers((b, at) -> b.putInt(at + 60, 3)));
        fixedRefused(VhdCheck.IMAGE_TYPE, image -> image.footers((b, at) -> b.putInt(at + 60, 4)));
    }

    @Test
    void sizeOfZeroAndSizeAboveTheLargestAreRefused() throws Exception {
        for (long size : new long[]{0, 511, -1, (2040L << 30) + 512, Long.MAX_VALUE}) {
            refused(VhdCheck.VIRTUAL_SIZE, image -> image.footers((b, at) -> b.putLong(at + 48, size)));
        }
        refused(VhdCheck.VIRTUAL_SIZE, image -> image.footers((b, at) -> b.putInt(at + 28, 0).putInt(at + 56, 0)));
        fixedRefused(VhdCheck.VIRTUAL_SIZE, image -> image.footers((b, at) -> b.putLong(at + 48, SIZE + 512)));
    }

    @Test
    void headerOrTableAtAnotherStructureIsRefused() throws Exception {
        for (long offset : new long[]{0, 511, -1, Long.MAX_VALUE}) {
            refused(VhdCheck.HEADER, image -> image.footers((b, at) -> b.putLong(at + 16, offset)));
            refused(VhdCheck.TABLE, image -> image.header((b, at) -> b.putLong(at + 16, offset)));
        }
        refused(VhdCheck.TABLE, image -> image.header((b, at) -> b.putLong(at + 16, 1532)));
        refused(VhdCheck.HEADER, image -> image.footers((b, at) -> b.putLong(at + 16, 1L << 40)));
        refused(VhdCheck.TABLE, image -> image.header((b, at) -> b.putLong(at + 16, 1L << 40)));
    }

    @Test
    void oddBlockSizesAreRefused() throws Exception {
        for (int size : new int[]{0, 256, 3 << 20, 512 << 20, 1 << 31}) {
            refused(VhdCheck.BLOCK_SIZE, image -> image.header((b, at) -> b.putInt(at + 32, size)));
        }
    }

    @Test
    void tableThatDoesNotFitTheDiskIsRefused() throws Exception {
        refused(VhdCheck.TABLE_SIZE, image -> image.header((b, at) -> b.putInt(at + 28, 2)));
        refused(VhdCheck.TABLE_SIZE, image -> image.header((b, at) -> b.putInt(at + 28, 129)));
        refused(VhdCheck.TABLE_SIZE, image -> image.header((b, at) -> b.putInt(at + 28, -1)));
    }

    @Test
    void tableThatNeedsTooMuchMemoryIsRefused() throws Exception {
        refused(VhdCheck.TABLE_SIZE, image -> {
            image.footers((b, at) -> b.putLong(at + 48, 2040L << 30));
            image.header((b, at) -> b.putInt(at + 28, -1).putInt(at + 32, 512));
        });
    }

    @Test
    void blockAtAnotherStructureOrBehindTheFileIsRefused() throws Exception {
        for (int sector : new int[]{0, 1, 2, 3, 1 << 20, -2}) {
            refused(VhdCheck.BLOCKS, image -> ByteBuffer.wrap(image.array()).putInt(TABLE, sector));
        }
    }

    @Test
    void blocksThatOverlapAreRefused() throws Exception {
        int second = ByteBuffer.wrap(good).getInt(TABLE + 4);
        refused(VhdCheck.BLOCKS, image -> ByteBuffer.wrap(image.array()).putInt(TABLE, second));
        refused(VhdCheck.BLOCKS, image -> ByteBuffer.wrap(image.array()).putInt(TABLE, second - 1));
    }

    @Test
    void footerThatDiffersFromItsCopyIsRefused() throws Exception {
        refused(VhdCheck.TRAILING_FOOTER, image -> image.footer(image.array().length - 512,
                (b, at) -> b.putLong(at + 48, SIZE - 512)));
        refused(VhdCheck.TRAILING_FOOTER, image -> image.footer(image.array().length - 512,
                (b, at) -> b.putInt(at + 60, 2)));
        refused(VhdCheck.TRAILING_FOOTER, image -> image.array()[image.array().length - 1]++);
    }

    @Test
    void missingFooterIsRefused() throws Exception {
        refused(VhdCheck.TRAILING_FOOTER, image -> image.array()[image.array().length - 512]++);
    }

    @Test
    void footerFurtherBehindTheBlocksIsFoundOrMissedWithAWarning() throws Exception {
        byte[] bytes = Arrays.copyOf(good, good.length + 4096);
        System.arraycopy(good, 0, bytes, bytes.length - 512, 512);
        Arrays.fill(bytes, good.length - 512, good.length, (byte) 0);
        Path image = Files.write(folder.resolve("gap.vhd"), bytes);
        for (Access.Mode mode : Access.Mode.values()) {
            SafetyReport.Outcome outcome = LayoutHarness.run(image, mode, VhdLayout::new).layout().checks().lines()
                    .getLast().outcome();
            assertEquals(mode == Access.Mode.RANDOM ? SafetyReport.Outcome.PASSED : SafetyReport.Outcome.WARNING,
                    outcome);
        }
    }

    @Test
    void fixedImageIsRefusedInOnePass() throws Exception {
        Path image = Files.write(folder.resolve("fixed.vhd"), fixed);
        assertThrows(ImageRefusedException.class,
                () -> LayoutHarness.run(image, Access.Mode.FORWARD, VhdLayout::new));
    }

    @Test
    void truncatedImageIsRefused() throws Exception {
        for (int length : new int[]{0, 100, 511, 512, 1023, 1024, 1540, 2048, good.length - 512, good.length - 1}) {
            Path image = Files.write(folder.resolve("bad.vhd"), Arrays.copyOf(good, length));
            for (Access.Mode mode : Access.Mode.values()) {
                assertThrows(ImageRefusedException.class, () -> LayoutHarness.run(image, mode, VhdLayout::new),
                        () -> mode + " of " + length);
            }
        }
    }

    @Test
    void diskLargerThanTheTargetIsRefused() throws Exception {
        for (byte[] bytes : new byte[][]{good, fixed}) {
            Path image = Files.write(folder.resolve("large.vhd"), bytes);
            NeedsUserException refusal = assertThrows(NeedsUserException.class,
                    () -> LayoutHarness.run(image, Access.Mode.RANDOM, SIZE - 1, VhdLayout::new));
            assertEquals(NeedsUserException.Reason.TOO_LARGE, refusal.reason());
            assertDoesNotThrow(() -> LayoutHarness.run(image, Access.Mode.RANDOM, SIZE, VhdLayout::new));
        }
    }

    @Test
    void goodImagePassesAllChecks() throws Exception {
        Path image = Files.write(folder.resolve("good.vhd"), good);
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness.run(image, mode, VhdLayout::new).layout().checks().lines()
                    .forEach(line -> assertEquals(SafetyReport.Outcome.PASSED, line.outcome(), line::toString));
        }
    }

    @Test
    void changedBytesAreReadOrRefusedAndNothingElse() {
        Random random = new Random(42);
        int[] places = {0, 16, 48, 512, 512 + 16, TABLE};
        for (int i = 0; i < 500; i++) {
            VhdBytes image = new VhdBytes(Arrays.copyOf(good, 4096));
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                image.array()[places[random.nextInt(places.length)] + random.nextInt(24)] = (byte) random.nextInt();
            }
            image.footer(0, (b, at) -> {});
            image.header((b, at) -> {});
            VhdFuzzTest.read(image.array());
        }
    }

    private void refused(VhdCheck check, Consumer<VhdBytes> change) throws Exception {
        for (Access.Mode mode : Access.Mode.values()) {
            refused(check, good, mode, change);
        }
    }

    private void fixedRefused(VhdCheck check, Consumer<VhdBytes> change) throws Exception {
        refused(check, fixed, Access.Mode.RANDOM, change);
    }

    private void refused(VhdCheck check, byte[] bytes, Access.Mode mode, Consumer<VhdBytes> change) throws Exception {
        VhdBytes image = new VhdBytes(bytes.clone());
        change.accept(image);
        Path file = Files.write(folder.resolve("bad.vhd"), image.array());
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> LayoutHarness.run(file, mode, VhdLayout::new));
        assertTrue(refusal.violations().stream().anyMatch(v -> v.check().equals(check.id())), refusal::getMessage);
    }
}
