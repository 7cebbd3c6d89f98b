package io.datavolume.standalone;

import io.datavolume.image.volume.FileVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an interrupted transfer leaves beside its target. */
final class Leftovers {

    private final Path target;
    private final @Nullable Path journalFolder;

    /** @param journalFolder where the journal is kept; null for beside the target */
    Leftovers(Path target, @Nullable Path journalFolder) {
        this.target = target;
        this.journalFolder = journalFolder;
    }

    /** Whether there is a journal to go on from. */
    boolean resumable() {
        try {
            return journalFolder == null ? besideTarget() : inFolder(journalFolder);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean besideTarget() throws IOException {
        return Files.isRegularFile(sibling("journal"));
    }

    private Path sibling(String extension) throws IOException {
        return FileVolume.partFile(target)
                .resolveSibling("." + target.toAbsolutePath().normalize().getFileName() + "." + extension);
    }

    private boolean inFolder(Path folder) throws IOException {
        String start = (isFile() ? FileVolume.partFile(target) : target.toRealPath()).getFileName() + "-";
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::getFileName).map(String::valueOf)
                    .anyMatch(name -> name.startsWith(start) && name.endsWith(".journal"));
        }
    }

    /** Removes the part file and what was spilled, which nothing would go on from. */
    void delete() {
        try {
            if (isFile()) {
                Files.deleteIfExists(FileVolume.partFile(target));
                Files.deleteIfExists(sibling("spill"));
            }
        } catch (IOException e) {
            // The folder is gone or closed to us; the next run takes the files over.
        }
    }

    private boolean isFile() {
        return !Files.exists(target) || Files.isRegularFile(target);
    }
}
