package io.datavolume.image.volume;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The hidden sibling in which a file grows before it gets its name. One writer at a time: the file is locked
 * against other processes, and noted against other threads of this one. Locks of a file vanish when this
 * process closes any descriptor of it, so nothing else may open a part file while it is written.
 */
final class PartFile implements Closeable {

    private static final int ATTEMPTS = 8;
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Name of the part file of a resolved target. */
    static Path beside(Path resolved) {
        return resolved.resolveSibling("." + resolved.getFileName() + ".part");
    }

    /**
     * Opens or creates and locks the part file; its content stays.
     *
     * @throws NeedsUserException with reason TARGET when someone else writes it or it cannot be written
     */
    static PartFile open(Path resolved) throws IOException {
        Path path = beside(resolved);
        if (!OPEN_HERE.add(path)) {
            throw busy(resolved);
        }
        boolean opened = false;
        try {
            PartFile part = locked(resolved, path);
            opened = true;
            return part;
        } catch (AccessDeniedException e) {
            throw new NeedsUserException(Reason.TARGET, "Tried to write " + resolved
                    + " but this user may not create or write " + path + ": change the permissions of the folder", e);
        } finally {
            if (!opened) {
                OPEN_HERE.remove(path);
            }
        }
    }

    private static PartFile locked(Path resolved, Path path) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object before = key(path);
            FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS));
            boolean kept = false;
            try {
                if (channel.tryLock() == null) {
                    throw busy(resolved);
                }
                // Between opening and locking another writer may have completed: then the file has the target's
                // name now and must not be touched.
                kept = before != null && Objects.equals(before, key(path));
                if (kept) {
                    return new PartFile(path, channel);
                }
            } catch (OverlappingFileLockException e) {
                throw busy(resolved);
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
        throw busy(resolved);
    }

    /** What identifies the file behind the name; null where there is none. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new NeedsUserException(Reason.TARGET,
                        "Tried to write " + path + " but it is not a regular file: remove it");
            }
            return attributes.fileKey() == null ? path : attributes.fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static NeedsUserException busy(Path resolved) {
        return new NeedsUserException(Reason.TARGET, "Tried to write " + resolved
                + " but it is being written by another process: wait for it, or stop it");
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives the part file its final name, durably, in one step. */
    void publish(Path resolved) throws IOException {
        Files.move(path, resolved, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(resolved);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        syncFolder(path);
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        FileChannel opened;
        try {
            opened = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Not every system opens folders; the rename is then as durable as it can be.
            return;
        }
        try (opened) {
            opened.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OPEN_HERE.remove(path);
        }
    }
}
