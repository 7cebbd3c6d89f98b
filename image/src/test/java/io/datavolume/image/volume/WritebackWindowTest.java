package io.datavolume.image.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.os.NativeFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritebackWindowTest {

    private static final int PIECE = 64 << 10;

    @TempDir
    Path folder;

    @Test
    void smallImportsLoadNothing() throws Exception {
        WritebackWindow window = new WritebackWindow(() -> {
            throw new AssertionError("opened natively");
        }, () -> {
            throw new AssertionError("synced");
        });
        window.written(0, WritebackWindow.START - 1);
    }

    @Test
    void dirtyPagesLeaveTheCacheBehindTheWindow() throws Exception {
        Path file = folder.resolve("file");
        AtomicInteger opened = new AtomicInteger();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                NativeFile natives = NativeFile.open(file, NativeFile.Mode.WRITE)) {
            WritebackWindow window = new WritebackWindow(() -> {
                opened.incrementAndGet();
                return natives;
            }, () -> {}, 4 * PIECE, 4 * PIECE);
            byte[] content = VolumeFixture.filled(PIECE, 5);
            for (int i = 0; i < 64; i++) {
                channel.write(ByteBuffer.wrap(content), (long) i * PIECE);
                window.written((long) i * PIECE, PIECE);
            }
        }
        assertTrue(opened.get() >= 14, "windows: " + opened);
        assertArrayEquals(VolumeFixture.filled(64 * PIECE, 5), Files.readAllBytes(file));
    }

    @Test
    void withoutTheCallTheFileIsSyncedNowAndThen() throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        WritebackWindow window = new WritebackWindow(NativeFile::unsupported, syncs::incrementAndGet, 1000, 100);
        for (int i = 0; i < 100; i++) {
            window.written(i * 100L, 100);
        }
        assertTrue(syncs.get() >= 8 && syncs.get() <= 10, "syncs: " + syncs);
    }

    @Test
    void scatteredPiecesStayBounded() throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        WritebackWindow window = new WritebackWindow(NativeFile::unsupported, syncs::incrementAndGet, 1, 1 << 30);
        for (int i = 0; i < 5000; i++) {
            window.written(i * 8192L, 1);
        }
        assertEquals(3976, syncs.get(), 8);
    }
}
