package io.datavolume.standalone;

import io.datavolume.image.volume.FileVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        return Files.isRegularFile(
                FileVolume.partFile(target).resolveSibling("." + target.toAbsolutePath().normalize().getFileName()
                        + ".journal"));
    }

    private boolean inFolder(Path folder) throws IOException {
        String start = (isFile() ? FileVolume.partFile(target) : target.toRealPath()).getFileName() + "-";
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::getFileName).map(String::valueOf)
                    .anyMatch(name -> name.startsWith(start) && name.endsWith(".journal"));
        }
    }

    /** Removes the part file, which nothing would go on from. */
    void deletePart() {
        try {
            part().ifPresent(file -> file.toFile().delete());
        } catch (IOException e) {
            // The folder is gone, and the part file with it.
        }
    }

    private Optional<Path> part() throws IOException {
        return isFile() ? Optional.of(FileVolume.partFile(target)) : Optional.empty();
    }

    private boolean isFile() {
        return !Files.exists(target) || Files.isRegularFile(target);
    }
}
