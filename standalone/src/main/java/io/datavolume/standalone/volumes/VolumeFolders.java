package io.datavolume.standalone.volumes;

import io.datavolume.standalone.local.Folders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folders that volumes are: made whole, and gone at once under their name. */
final class VolumeFolders {

    private static final String DELETED = ".deleted-";

    private VolumeFolders() {}

    /** Makes the folder of a filesystem volume; one that is there stays. */
    static void createFilesystem(Path folder) throws IOException {
        Folders.createPrivate(folder);
    }

    /**
     * Makes the folder of a block volume with the file that stands for the device. It takes no room until it is written.
     *
     * @param size bytes that it has exactly
     */
    static void createBlock(Path folder, long size) throws IOException {
        Folders.createPrivate(folder);
        // Room is taken as data comes, as with thin volumes; the size is there from the beginning.
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(VolumePath.BLOCK_FILE).toFile(), "rw")) {
            if (file.length() != size) {
                file.setLength(size);
            }
            file.getFD().sync();
        }
    }

    /** Deletes a volume's folder. Under its name it is gone at once or there whole. */
    static void delete(Path folder) throws IOException {
        Path deleted = folder.resolveSibling(DELETED + folder.getFileName());
        Folders.delete(deleted);
        try {
            Files.move(folder, deleted, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        Folders.delete(deleted);
    }

    /** Deletes what a process that was killed had only begun to delete. */
    static void finishDeleting(Path root) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root, DELETED + "*")) {
            for (Path folder : left) {
                Folders.delete(folder);
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever made there.
        }
    }
}
