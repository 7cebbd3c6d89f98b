package io.datavolume.standalone.local;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a local cluster keeps everything: {@code objects/NAMESPACE/KIND/NAME.json}, {@code journal/} with the changes
 * that these do not have yet, {@code revision}, {@code volumes/} with the disks, {@code pods/} with what workers need.
 * One process writes.
 */
public final class StateFolder implements Closeable {

    /** Changes when what is kept can no longer be read by an earlier release. */
    private static final String VERSION = "1";
    private static final int REVISION_DIGITS = 20;

    private final Path root;
    private final @Nullable WriterLock lock;

    private StateFolder(Path root, @Nullable WriterLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens the folder for writing; makes what is missing.
     *
     * @throws NeedsUserException with reason TARGET when another process writes, or a later release has written
     */
    public static StateFolder open(Path folder) throws IOException {
        Folders.createPrivate(folder);
        Path root = folder.toRealPath();
        WriterLock lock = WriterLock.take(root);
        try {
            requireVersion(root);
            StateFolder state = new StateFolder(root, lock);
            for (Path part : List.of(state.objects(), state.journals(), state.pods(), state.volumes())) {
                Folders.createPrivate(part);
            }
            // What a killed process had not renamed yet.
            Folders.delete(state.temporary());
            Folders.createPrivate(state.temporary());
            return state;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Opens the folder for reading, whoever writes. */
    public static StateFolder view(Path folder) throws IOException {
        Path root = folder.toRealPath();
        requireVersion(root);
        return new StateFolder(root, null);
    }

    private static void requireVersion(Path root) throws IOException {
        Path file = root.resolve("version");
        try {
            String found = Files.readString(file).strip();
            if (!found.equals(VERSION)) {
                throw new NeedsUserException(Reason.TARGET, "Tried to open the state folder " + root
                        + " but it has version " + found + " and this release knows " + VERSION
                        + ": use the release that wrote it, or another folder");
            }
        } catch (NoSuchFileException e) {
            Files.writeString(file, VERSION + "\n");
            Folders.sync(root);
        }
    }

    public Path root() {
        return root;
    }

    public Path volumes() {
        return root.resolve("volumes");
    }

    public Path pods() {
        return root.resolve("pods");
    }

    /** What one pod needs on this machine. */
    public Path pod(String uid) {
        return pods().resolve(uid);
    }

    /** Output of a container. */
    public Path podLog(String uid, String container) {
        return pod(uid).resolve(container + ".log");
    }

    Path objects() {
        return root.resolve("objects");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path revision() {
        return root.resolve("revision");
    }

    Path journals() {
        return root.resolve("journal");
    }

    /** Journal whose first change has this revision or a later one. */
    Path journal(long revision) {
        return journals().resolve(("%0" + REVISION_DIGITS + "d").formatted(revision));
    }

    /** All journals, oldest first. */
    List<Path> allJournals() throws IOException {
        try (Stream<Path> files = Files.list(journals())) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{" + REVISION_DIGITS + "}"))
                    .sorted(Comparator.comparing(Path::toString)).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The highest revision that was ever given when the object files were last complete. */
    long savedRevision() throws IOException {
        try {
            return Long.parseLong(Files.readString(revision()).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException(
                    "Tried to read " + revision() + " but it holds no number: write one that is larger than "
                            + "every resourceVersion in " + objects(),
                    e);
        }
    }

    void saveRevision(long value) throws IOException {
        AtomicFile.write(temporary(), revision(), (value + "\n").getBytes(StandardCharsets.US_ASCII));
        Folders.sync(root);
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
