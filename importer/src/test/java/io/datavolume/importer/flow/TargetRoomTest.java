package io.datavolume.importer.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.TransferSpec.TargetSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRoomTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private TargetRoom room(Optional<Long> size, Optional<Double> overhead, String preallocation) throws IOException {
        Path target = folder.resolve("disk.img");
        return TargetRoom.of(new TargetSpec(target.toString(), size, preallocation, "auto", false, overhead,
                Optional.empty(), false), TargetFiles.of(target, Optional.empty()));
    }

    @Test
    void withoutOverheadTheSizeIsTheDisks() throws IOException {
        assertEquals(new TargetRoom(12_345, 12_345), room(Optional.of(12_345L), Optional.empty(), "off"));
        assertEquals(new TargetRoom(Long.MAX_VALUE, 0), room(Optional.empty(), Optional.empty(), "off"));
    }

    @Test
    void withOverheadTheDiskLeavesTheFilesystemItsShare() throws IOException {
        assertEquals(new TargetRoom(200 * MIB, 189 * MIB), room(Optional.of(200 * MIB), Optional.of(0.055), "off"));
        assertEquals(new TargetRoom(200 * MIB, 200 * MIB), room(Optional.of(200 * MIB), Optional.of(0.0), "off"));
    }

    @Test
    void noMoreIsGivenThanIsFree() throws IOException {
        TargetRoom room = room(Optional.of(1L << 60), Optional.of(0.5), "off");
        assertTrue(room.capacity() <= Files.getFileStore(folder).getTotalSpace());
        assertEquals(room.wanted(), TargetRoom.usable(room.capacity(), 0.5));
    }

    /** A 1 GiB disk whose claim was made larger by the same overhead. */
    @ParameterizedTest
    @CsvSource({"0.055, 1132797625, 1073741824", "0, 1073741824, 1073741824", "0, 1073741825, 1073741824",
        "0.999, 1048576, 0"})
    void usablePartIsInWholeMebibytes(double overhead, long available, long usable) {
        assertEquals(usable, TargetRoom.usable(available, overhead));
    }

    /** Of 200 MiB the filesystem keeps 10; a block device keeps nothing. */
    @ParameterizedTest
    @CsvSource({"0.055, 190, 221Mi", "0, 190, 210Mi", "0, 200, 200Mi", ", 200, 200Mi"})
    void volumeToAskForHoldsTheDiskAndWhatIsNotForIt(@Nullable Double overhead, long capacity, String volume) {
        TargetSpec order = new TargetSpec("disk.img", Optional.of(200 * MIB), "off", "auto", false,
                Optional.ofNullable(overhead), Optional.empty(), false);
        assertEquals(volume, new TargetRoom(capacity * MIB, 0).volumeFor(200 * MIB - 1, order));
    }

    @Test
    void whatAnEarlierRunHasWrittenCountsAsFree() throws IOException {
        TargetRoom before = room(Optional.empty(), Optional.of(0.0), "off");
        try (RandomAccessFile part = new RandomAccessFile(folder.resolve(".disk.img.part").toFile(), "rw")) {
            part.setLength(1L << 43);
            part.seek(1L << 40);
            part.write(new byte[(int) (64 * MIB)]);
        }
        long difference = before.capacity() - room(Optional.empty(), Optional.of(0.0), "off").capacity();
        // Others use the filesystem meanwhile, but a hole of 8 TiB is not taken for data.
        assertTrue(Math.abs(difference) < 1L << 40, "difference: " + difference);
        long reserved = room(Optional.empty(), Optional.of(0.0), "falloc").capacity();
        assertTrue(reserved >= 1L << 43, "reserved: " + reserved);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
    void overheadOutOfItsRangeIsRefused(double overhead) {
        assertThrows(NeedsUserException.class, () -> room(Optional.of(MIB), Optional.of(overhead), "off"));
    }
}
