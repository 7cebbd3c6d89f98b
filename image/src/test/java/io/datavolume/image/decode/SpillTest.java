package io.datavolume.image.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsScratchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory first, then the target's filesystem, then scratch; then it is full. */
class SpillTest {

    private static final int PIECE = 64 << 10;
    private static final int MEMORY = 3 * PIECE;

    @TempDir
    Path folder;
    private Path beside;
    private Path scratch;
    private final byte[] content = new byte[20 * PIECE];

    @BeforeEach
    void makeContent() {
        beside = folder.resolve("beside");
        scratch = folder.resolve("scratch");
        new Random(1).nextBytes(content);
    }

    /** Keeps pieces from the beginning on, every second one first. */
    private void keep(Spill spill, int pieces) throws IOException {
        for (int i = 0; i < pieces; i++) {
            int at = i * 2 < pieces ? i * 2 : 2 * i - pieces + 1 - pieces % 2;
            spill.put((long) at * PIECE, ByteBuffer.wrap(content, at * PIECE, PIECE));
        }
        byte[] read = new byte[pieces * PIECE];
        spill.read(0, ByteBuffer.wrap(read));
        assertEquals(-1, java.util.Arrays.mismatch(content, 0, read.length, read, 0, read.length));
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Test
    void memoryThenTargetsFilesystemThenScratchAreFilled() throws Exception {
        try (Spill spill = new Spill(MEMORY,
                List.of(Spill.Area.besideTarget(beside, 10 * PIECE), Spill.Area.elsewhere(scratch, 5 * PIECE)))) {
            keep(spill, 2);
            assertEquals(0, size(beside));
            keep(spill, 6);
            assertTrue(size(beside) > 3 * PIECE, "beside the target " + size(beside));
            assertEquals(0, size(scratch));
            keep(spill, 10);
            assertTrue(size(beside) <= 5 * PIECE, "beside the target " + size(beside));
            assertTrue(size(scratch) > 3 * PIECE, "scratch " + size(scratch));
            NeedsScratchException full = assertThrows(NeedsScratchException.class, () -> keep(spill, 20));
            assertTrue(full.bytes() > 11L * PIECE, "bytes " + full.bytes());
            spill.delete();
        }
        assertEquals(0, size(beside) + size(scratch));
    }

    /** Else the disk finds no room when what was kept is written. */
    @Test
    void whatIsKeptBesideTheTargetLeavesRoomForTheDisk() throws Exception {
        try (Spill spill = new Spill(0,
                List.of(Spill.Area.besideTarget(beside, 16 * PIECE), Spill.Area.elsewhere(scratch, 20 * PIECE)))) {
            spill.expect(12 * PIECE);
            assertEquals(24 * PIECE, spill.room());
            keep(spill, 12);
            assertTrue(size(beside) <= 4 * PIECE, "beside the target " + size(beside));
        }
    }

    @Test
    void diskLargerThanTheTargetsFilesystemLeavesNoRoomThere() throws Exception {
        try (Spill spill = new Spill(MEMORY, List.of(Spill.Area.besideTarget(beside, 16 * PIECE)))) {
            spill.expect(1000L * PIECE);
            assertEquals(MEMORY, spill.room());
        }
    }

    @Test
    void whatTheJournalPromisesAndTheFileLacksCannotBeFollowed() throws Exception {
        try (Spill spill = new Spill(MEMORY, List.of(Spill.Area.besideTarget(beside, 10 * PIECE)))) {
            assertThrows(IllegalArgumentException.class, () -> spill.restore(List.of((long) PIECE)));
            assertThrows(IllegalArgumentException.class, () -> spill.restore(List.of(0L, 0L)));
        }
    }
}
