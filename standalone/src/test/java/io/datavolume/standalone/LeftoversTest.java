package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @TempDir
    private Path folder;

    @Test
    void journalBesideTheTargetMakesAnImportResumable() throws Exception {
        Leftovers leftovers = new Leftovers(folder.resolve("disk.img"), null);
        assertFalse(leftovers.resumable());
        Files.createFile(folder.resolve(".disk.img.journal"));
        assertTrue(leftovers.resumable());
    }

    @Test
    void journalOfAnotherTargetInTheFolderDoesNot() throws Exception {
        Path journals = Files.createDirectory(folder.resolve("journals"));
        Leftovers leftovers = new Leftovers(folder.resolve("disk.img"), journals);
        Files.createFile(journals.resolve(".other.img.part-0123.journal"));
        assertFalse(leftovers.resumable());
        Files.createFile(journals.resolve(".disk.img.part-0123.journal"));
        assertTrue(leftovers.resumable());
    }

    @Test
    void onlyHiddenFilesOfTheTargetAreDeleted() throws Exception {
        Path target = Files.createFile(folder.resolve("disk.img"));
        Files.createFile(folder.resolve(".disk.img.part"));
        Files.createFile(folder.resolve(".disk.img.spill"));
        Path other = Files.createFile(folder.resolve(".other.img.part"));
        new Leftovers(target, null).delete();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(other, target), files.sorted().toList());
        }
    }
}
