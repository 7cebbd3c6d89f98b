package io.datavolume.standalone.local;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one process write. The system takes the lock back when the process ends, however it ends. */
final class WriterLock implements Closeable {

    /** Closing any descriptor of a file gives up this process's lock on it, so a second one is never opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final RandomAccessFile file;

    private WriterLock(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** @throws NeedsUserException with reason TARGET when it is taken */
    static WriterLock take(Path root) throws IOException {
        Path path = root.resolve("lock");
        if (!HELD.add(path)) {
            throw busy(root, String.valueOf(ProcessHandle.current().pid()));
        }
        boolean kept = false;
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.getChannel().tryLock() == null) {
                throw busy(root, Files.readString(path).strip());
            }
            file.setLength(0);
            file.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            kept = true;
            return new WriterLock(path, file);
        } catch (OverlappingFileLockException e) {
            throw busy(root, String.valueOf(ProcessHandle.current().pid()));
        } finally {
            if (!kept) {
                file.close();
                HELD.remove(path);
            }
        }
    }

    private static NeedsUserException busy(Path root, String pid) {
        return new NeedsUserException(Reason.TARGET, "Tried to open the state folder " + root + " but process "
                + (pid.isEmpty() ? "(unknown)" : pid)
                + " writes there: wait for it, or name another folder with --state");
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HELD.remove(path);
        }
    }
}
