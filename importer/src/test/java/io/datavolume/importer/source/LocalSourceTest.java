package io.datavolume.importer.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.ByteRange;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSourceTest {

    @TempDir
    Path folder;

    @Test
    void fileIsReadFromAnyOffsetAndByRange() throws Exception {
        Path file = Files.write(folder.resolve("disk"), new byte[]{0, 1, 2, 3, 4, 5, 6, 7});
        try (FileSource source = FileSource.open(file); InputStream stream = source.stream(5)) {
            assertArrayEquals(new byte[]{5, 6, 7}, stream.readAllBytes());
            ByteBuffer part = ByteBuffer.allocate(8);
            try (ReadableByteChannel channel = source.ranges().orElseThrow().open(new ByteRange(2, 3))) {
                while (channel.read(part) >= 0) {
                }
            }
            assertEquals(ByteBuffer.wrap(new byte[]{2, 3, 4}), part.flip());
            assertEquals(8, source.length().orElseThrow());
            assertEquals(6, source.bytesReceived());
        }
    }

    @Test
    void holesAreSkipped() throws Exception {
        Path file = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[4096]), 8 << 20);
            channel.write(ByteBuffer.wrap(new byte[1]), (16 << 20) - 1);
        }
        try (FileSource source = FileSource.open(file)) {
            long data = source.ranges().orElseThrow().nextData(0);
            assertTrue(data > 0 && data <= 8 << 20, "data at " + data);
            assertEquals(16 << 20, source.ranges().orElseThrow().nextData(20 << 20));
        }
    }

    @Test
    void touchedFileHasAnotherValidator() throws Exception {
        Path file = Files.write(folder.resolve("disk"), new byte[10]);
        String before;
        try (FileSource source = FileSource.open(file)) {
            before = source.validator().orElseThrow();
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        try (FileSource source = FileSource.open(file)) {
            assertNotEquals(before, source.validator().orElseThrow());
        }
    }

    @Test
    void fileThatShrinksIsAChangedSource() throws Exception {
        Path file = Files.write(folder.resolve("disk"), new byte[10]);
        try (FileSource source = FileSource.open(file)) {
            Files.write(file, new byte[5]);
            var failure = assertThrows(NeedsUserException.class, () -> source.stream(0).readAllBytes());
            assertEquals(Reason.SOURCE_CHANGED, failure.reason());
        }
    }

    @Test
    void missingFileFolderAndPipeNeedTheUser() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals(Reason.NOT_FOUND, assertThrows(NeedsUserException.class,
                () -> FileSource.open(folder.resolve("none"))).reason());
        assertEquals(Reason.USAGE, assertThrows(NeedsUserException.class, () -> FileSource.open(folder)).reason());
        assertEquals(Reason.USAGE, assertThrows(NeedsUserException.class, () -> FileSource.open(pipe)).reason());
    }

    @Test
    void standardInputIsReadOnce() throws Exception {
        try (StdinSource source = new StdinSource(new ByteArrayInputStream(new byte[1000]))) {
            assertEquals(1000, source.stream(0).readAllBytes().length);
            assertEquals(1000, source.bytesReceived());
            assertThrows(IllegalStateException.class, () -> source.stream(0));
        }
    }
}
