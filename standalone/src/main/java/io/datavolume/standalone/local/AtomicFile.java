package io.datavolume.standalone.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/** Writes files that are whole or not there. */
final class AtomicFile {

    private static final AtomicLong NUMBER = new AtomicLong();

    private AtomicFile() {}

    /**
     * Writes and syncs under another name, then renames. The name is durable when its folder is synced.
     *
     * @param temporary a folder on the same filesystem
     */
    static void write(Path temporary, Path target, byte[] content) throws IOException {
        Path part = temporary.resolve("part-" + NUMBER.incrementAndGet());
        try {
            // Not a channel: a thread that is interrupted would close it.
            try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
                file.setLength(0);
                file.write(content);
                file.getFD().sync();
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
