package io.datavolume.image.vhdx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.GuestCoverage;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.SampleDisk;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.vhdx.VhdxBytes.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VhdxLogTest {

    private static final int SIZE = 5 << 20;
    private static final int LOG_SECTORS = 256;

    @TempDir
    private Path folder;

    private VhdxBytes image = new VhdxBytes(new byte[0]);

    @BeforeEach
    void writeImage() throws Exception {
        Path raw = SampleDisk.write(folder.resolve("disk.raw"), SIZE, 3);
        Path file = folder.resolve("disk.vhdx");
        LayoutHarness.command("qemu-img", "convert", "-f", "raw", "-O", "vhdx", "-o", "block_size=1M,log_size=1M",
                raw.toString(), file.toString());
        image = VhdxBytes.of(file);
    }

    @Test
    void blockTableIsReadAsTheLogSays() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, swapBlocks(0, 1));
        assertSameAsQemuAfterReplay(SIZE);
    }

    @Test
    void metadataIsReadAsTheLogSays() throws Exception {
        image.markDirty();
        image.logEntry(7, 7, 9,
                Change.write(VhdxBytes.ITEMS, image.changed(VhdxBytes.ITEMS, b -> b.putLong(8, 3 << 20))),
                swapBlocks(1, 2));
        assertSameAsQemuAfterReplay(3 << 20);
    }

    @Test
    void zerosOfTheLogAreApplied() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, Change.zero(VhdxBytes.BLOCK_TABLE, 8192));
        assertSameAsQemuAfterReplay(SIZE);
    }

    @Test
    void laterEntriesOfTheSequenceWin() throws Exception {
        image.markDirty();
        int next = image.logEntry(10, 10, 5, Change.zero(VhdxBytes.BLOCK_TABLE, 4096));
        image.logEntry(next, 10, 6, swapBlocks(2, 3));
        assertSameAsQemuAfterReplay(SIZE);
    }

    @Test
    void sequenceThatPassesTheEndOfTheRingIsReplayed() throws Exception {
        image.markDirty();
        int tail = LOG_SECTORS - 3;
        int next = image.logEntry(tail, tail, 5, swapBlocks(0, 4));
        image.logEntry(next, tail, 6, swapBlocks(1, 2));
        assertSameAsQemuAfterReplay(SIZE);
    }

    @Test
    void newestSequenceCounts() throws Exception {
        image.markDirty();
        image.logEntry(20, 20, 5, swapBlocks(0, 1));
        image.logEntry(40, 40, 8, swapBlocks(2, 3));
        assertSameAsQemuAfterReplay(SIZE);
    }

    @Test
    void lastEntryThatWasCutIsNotReplayed() throws Exception {
        image.markDirty();
        int next = image.logEntry(0, 0, 1, swapBlocks(0, 1));
        image.logEntry(next, 0, 2, swapBlocks(2, 3));
        image.array()[VhdxBytes.LOG + next * 4096 + 5000]++;
        assertSameAsQemuAfterReplay(SIZE);
    }

    @Test
    void entriesOfAnotherLogAreNotReplayed() throws Exception {
        image.logEntry(0, 0, 1, swapBlocks(0, 1));
        assertSameAsQemuAfterReplay(SIZE);
    }

    /** QEMU issue 3860: the length of so many descriptors overflows 32 bits. */
    @Test
    void overflowingDescriptorCountIsRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, b -> b.putInt(24, (1 << 27) + 1), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "134217729 descriptors are longer than its 8192 bytes");
    }

    @Test
    void largestDescriptorCountIsRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, b -> b.putInt(24, -1), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "4294967295 descriptors");
    }

    @Test
    void logThatChangesDataIsRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, Change.zero(4 << 20, 4096));
        refused(VhdxCheck.LOG_TOUCHES_DATA, "outside of the metadata");
    }

    @Test
    void logThatChangesTheHeaderIsRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, Change.zero(64 << 10, 4096));
        refused(VhdxCheck.LOG_TOUCHES_DATA, "outside of the metadata");
    }

    @Test
    void zerosThatReachBehindTheTableAreRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, Change.zero(VhdxBytes.BLOCK_TABLE, Long.MAX_VALUE - 4095));
        refused(VhdxCheck.LOG_TOUCHES_DATA, "outside of the metadata");
    }

    @Test
    void dirtyLogWithoutEntriesIsRefused() throws Exception {
        image.markDirty();
        refused(VhdxCheck.LOG, "no complete sequence");
    }

    @Test
    void damagedEntriesAreRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, swapBlocks(0, 1));
        image.array()[VhdxBytes.LOG + 4096 + 100]++;
        refused(VhdxCheck.LOG, "checksum is wrong");
        image.logEntry(0, 0, 1, b -> b.putInt(8, 100), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "length of 100 bytes");
        image.logEntry(0, 0, 1, b -> b.putInt(8, 2 << 20), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "length of 2097152 bytes");
        image.logEntry(0, 0, 1, b -> b.putInt(12, 1 << 20), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "tail 1048576");
        image.logEntry(0, 0, 1, b -> b.putLong(64 + 24, 2), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "descriptors are wrong");
        image.logEntry(0, 0, 1, b -> b.putInt(4096, 2), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "descriptors are wrong");
        image.logEntry(0, 0, 0, swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "sequence number 0");
        image.logEntry(0, 5, 1, swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "no complete sequence");
    }

    @Test
    void fileShorterThanItsLogKnowsIsRefused() throws Exception {
        image.markDirty();
        image.logEntry(0, 0, 1, b -> b.putLong(48, image.array().length + 1L), swapBlocks(0, 1));
        refused(VhdxCheck.LOG, "was longer");
    }

    @Test
    void logTooLargeIsRefused() throws Exception {
        image.markDirty();
        image.headers(b -> b.putInt(68, 33 << 20));
        refused(VhdxCheck.LOG, "at most 33554432 bytes");
        image.headers(b -> b.putInt(68, 0));
        refused(VhdxCheck.LOG, "no content");
    }

    private Change swapBlocks(int one, int other) {
        return Change.write(VhdxBytes.BLOCK_TABLE, image.changed(VhdxBytes.BLOCK_TABLE, b -> {
            long entry = b.getLong(8 * one);
            b.putLong(8 * one, b.getLong(8 * other)).putLong(8 * other, entry);
        }));
    }

    private void assertSameAsQemuAfterReplay(long size) throws Exception {
        Path dirty = Files.write(folder.resolve("dirty.vhdx"), image.array());
        Path clean = Files.write(folder.resolve("clean.vhdx"), image.array());
        Path expected = folder.resolve("expected.raw");
        LayoutHarness.command("qemu-img", "check", "-r", "all", "-f", "vhdx", clean.toString());
        LayoutHarness.command("qemu-img", "convert", "-f", "vhdx", "-O", "raw", clean.toString(),
                expected.toString());
        assertEquals(size, Files.size(expected));
        for (Access.Mode mode : Access.Mode.values()) {
            LayoutHarness harness = LayoutHarness.run(dirty, mode, VhdxLayout::new);
            GuestCoverage.assertComplete(harness.mappings(), size);
            Path read = folder.resolve(mode + ".raw");
            harness.writeTo(dirty, read);
            assertEquals(-1, Files.mismatch(expected, read));
        }
    }

    private void refused(VhdxCheck check, String message) throws Exception {
        Path bad = Files.write(folder.resolve("bad.vhdx"), image.array());
        for (Access.Mode mode : Access.Mode.values()) {
            ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                    () -> LayoutHarness.run(bad, mode, VhdxLayout::new));
            assertTrue(refusal.violations().stream()
                    .anyMatch(v -> v.check().equals(check.id()) && v.message().contains(message)),
                    refusal::getMessage);
        }
    }
}
