package io.datavolume.image.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFileTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void nativeCallsWorkHere() {
        assumeTrue(NativeCalls.get().available(), "this system has no native calls");
    }

    private Path filled(int length) throws IOException {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 0xA5);
        return Files.write(folder.resolve("file"), content);
    }

    private static long allocated(Path file) throws IOException, InterruptedException {
        return Long.parseLong(LayoutHarness.command("stat", "-c", "%b", file.toString()).strip()) * 512;
    }

    @Test
    void allocationTakesBlocksAndGrowsTheFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (NativeFile opened = NativeFile.open(file, NativeFile.Mode.WRITE)) {
            assertEquals(Result.DONE, opened.allocate(0, MIB));
        }
        assertEquals(MIB, Files.size(file));
        assertTrue(allocated(file) >= MIB);
    }

    @Test
    void punchedRangeReadsAsZerosAndFreesItsBlocks() throws Exception {
        Path file = filled(MIB);
        try (NativeFile opened = NativeFile.open(file, NativeFile.Mode.WRITE)) {
            assertEquals(Result.DONE, opened.punchHole(100, MIB / 2));
        }
        byte[] expected = new byte[MIB];
        Arrays.fill(expected, (byte) 0xA5);
        Arrays.fill(expected, 100, 100 + MIB / 2, (byte) 0);
        assertArrayEquals(expected, Files.readAllBytes(file));
        assertTrue(allocated(file) <= MIB / 2 + 8192);
    }

    @Test
    void zeroedRangeKeepsItsBlocks() throws Exception {
        Path file = filled(MIB);
        long before = allocated(file);
        try (NativeFile opened = NativeFile.open(file, NativeFile.Mode.WRITE)) {
            assumeTrue(opened.zeroRange(4096, MIB / 2) == Result.DONE, "the filesystem cannot zero ranges");
        }
        assertEquals(0, Files.readAllBytes(file)[4096 + MIB / 2 - 1]);
        assertEquals(before, allocated(file));
    }

    @Test
    void dataAndHolesAreFound() throws Exception {
        Path file = filled(MIB);
        try (NativeFile opened = NativeFile.open(file, NativeFile.Mode.WRITE)) {
            opened.punchHole(65536, 131072);
            assertEquals(65536, opened.seekHole(0));
            assertEquals(65536 + 131072, opened.seekData(65536));
            assertEquals(MIB, opened.seekHole(65536 + 131072));
            assertEquals(Long.MAX_VALUE, opened.seekData(MIB));
            assertEquals(Long.MAX_VALUE, opened.seekHole(MIB + 1));
        }
    }

    @Test
    void deviceCallsOnAFileAreUnsupported() throws Exception {
        try (NativeFile opened = NativeFile.open(filled(4096), NativeFile.Mode.WRITE)) {
            assertTrue(opened.deviceSize().isEmpty());
            assertEquals(Result.UNSUPPORTED, opened.zeroOut(0, 4096));
            assertEquals(Result.UNSUPPORTED, opened.discard(0, 4096));
        }
    }

    @Test
    void cloneSharesOrIsUnsupported() throws Exception {
        Path copy = Files.createFile(folder.resolve("copy"));
        Path file = filled(MIB);
        try (NativeFile source = NativeFile.open(file, NativeFile.Mode.READ);
                NativeFile target = NativeFile.open(copy, NativeFile.Mode.WRITE)) {
            if (target.cloneFrom(source) == Result.DONE) {
                assertEquals(-1, Files.mismatch(file, copy));
            } else {
                assertEquals(0, Files.size(copy));
            }
        }
    }

    @Test
    void writeBackAndCacheAdviceLeaveTheContentAlone() throws Exception {
        Path file = filled(MIB);
        try (NativeFile opened = NativeFile.open(file, NativeFile.Mode.WRITE)) {
            assertEquals(Result.DONE, opened.startWriteBack(0, MIB));
            assertEquals(Result.DONE, opened.finishWriteBack(0, MIB));
            assertEquals(Result.DONE, opened.dropCache(0, MIB));
        }
        assertEquals((byte) 0xA5, Files.readAllBytes(file)[MIB - 1]);
    }

    @Test
    void missingFileIsNamedWithTheReason() {
        IOException failure = assertThrows(IOException.class,
                () -> NativeFile.open(folder.resolve("missing"), NativeFile.Mode.READ).close());
        assertTrue(failure.toString().contains("missing"), failure.toString());
        assertTrue(failure.toString().contains("[2]"), failure.toString());
    }

    @Test
    void allocationBeyondTheFilesystemIsNoSpace() throws Exception {
        try (NativeFile opened = NativeFile.open(filled(1), NativeFile.Mode.WRITE)) {
            NeedsUserException failure = assertThrows(NeedsUserException.class,
                    () -> opened.allocate(0, Long.MAX_VALUE));
            assertEquals(NeedsUserException.Reason.NO_SPACE, failure.reason());
        }
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        NativeFile opened = NativeFile.open(filled(1), NativeFile.Mode.READ);
        opened.close();
        opened.close();
        assertEquals(1, Files.size(folder.resolve("file")));
    }

    @Test
    void portableFileAnswersUnsupportedToEverything() throws Exception {
        try (NativeFile file = NativeFile.open(NativeCalls.portable(), folder.resolve("any"), NativeFile.Mode.WRITE)) {
            assertFalse(file.available());
            assertEquals(Result.UNSUPPORTED, file.allocate(0, 1));
            assertEquals(Result.UNSUPPORTED, file.punchHole(0, 1));
            assertEquals(Result.UNSUPPORTED, file.zeroRange(0, 1));
            assertEquals(Result.UNSUPPORTED, file.zeroOut(0, 1));
            assertEquals(Result.UNSUPPORTED, file.startWriteBack(0, 1));
            assertEquals(7, file.seekData(7));
            assertEquals(Long.MAX_VALUE, file.seekHole(7));
            assertTrue(file.deviceSize().isEmpty());
        }
    }
}
