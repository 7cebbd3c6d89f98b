package io.datavolume.importer.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.ByteRange;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.volume.Volume;
import io.datavolume.image.volume.VolumeOptions;
import io.datavolume.image.volume.Volumes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeJournalTest {

    private static final ByteRange FIRST = new ByteRange(0, 1 << 20);
    private static final ByteRange SECOND = new ByteRange(1 << 20, 1 << 20);
    /** Notes every range, never syncs of itself. */
    private static final SyncBudget NOTES = new SyncBudget(1, Long.MAX_VALUE, Long.MAX_VALUE);

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("journal");
    }

    private void write(SyncBudget budget, ByteRange... ranges) throws IOException {
        try (JournalFile file = JournalFile.open(path());
                Volume volume = Volumes.open(folder.resolve("disk"), VolumeOptions.DEFAULT.withResume(true));
                RangeJournal journal = new RangeJournal(file, volume, budget)) {
            for (ByteRange range : ranges) {
                journal.written(range);
            }
        }
    }

    private boolean isDone(ByteRange range) throws IOException {
        try (JournalFile file = JournalFile.open(path());
                Volume volume = Volumes.open(folder.resolve("disk"), VolumeOptions.DEFAULT.withResume(true));
                RangeJournal journal = new RangeJournal(file, volume, NOTES)) {
            return journal.isDone(range);
        }
    }

    @Test
    void whatWasNotSyncedSurvivesTheProcess() throws IOException {
        write(NOTES, FIRST);
        assertTrue(isDone(FIRST));
        assertFalse(isDone(SECOND));
    }

    @Test
    void whatWasNotSyncedDoesNotSurviveTheMachine() throws IOException {
        try (JournalFile file = JournalFile.open(path())) {
            file.append(new JournalRecord.Ranges(List.of(0L), List.of(FIRST.end())));
            file.note(new JournalRecord.Written("00000000-1111-2222-3333-444444444444", List.of(SECOND.start()),
                    List.of(SECOND.end())));
        }
        assertTrue(isDone(FIRST));
        assertFalse(isDone(SECOND));
    }

    @Test
    void whatAnEarlierRunWroteIsSyncedWithTheNext() throws Exception {
        write(NOTES, FIRST);
        write(new SyncBudget(Long.MAX_VALUE, 1, 1), SECOND, new ByteRange(2 << 20, 1));
        try (JournalFile file = JournalFile.open(path())) {
            JournalRecord.Ranges synced = file.found().stream().filter(JournalRecord.Ranges.class::isInstance)
                    .map(JournalRecord.Ranges.class::cast).findFirst().orElseThrow();
            assertEquals(List.of(0L), synced.starts());
            assertEquals(List.of(SECOND.end()), synced.ends());
        }
    }

    @Test
    void journalEndsAtADamagedRecord() throws IOException {
        write(NOTES, FIRST, SECOND);
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.seek(file.length() - 1);
            file.write(0);
        }
        assertTrue(isDone(FIRST));
        assertFalse(isDone(SECOND));
    }

    @Test
    void recordThatWasCutIsOverwritten() throws IOException {
        write(NOTES, FIRST, SECOND);
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            file.setLength(file.length() - 3);
        }
        write(NOTES, SECOND);
        assertTrue(isDone(FIRST));
        assertTrue(isDone(SECOND));
    }

    @Test
    void journalIsForOneProcess() throws IOException {
        try (JournalFile file = JournalFile.open(path())) {
            file.append(new JournalRecord.Complete(1));
            assertThrows(NeedsUserException.class, () -> JournalFile.open(path()));
        }
        assertTrue(Files.size(path()) > 0);
    }
}
