package io.datavolume.image.volume;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens targets. */
public final class Volumes {

    private static final int MAX_LINKS = 40;
    private static final int FILE_TYPE = 0xF000;
    private static final int BLOCK_DEVICE = 0x6000;

    private Volumes() {}

    /**
     * Opens a file or a block device as a target. Symbolic links are followed.
     *
     * @throws NeedsUserException with reason TARGET when the target exists and may not be replaced, is in use, or
     *                            cannot be written
     */
    public static Volume open(Path target, VolumeOptions options) throws IOException {
        Path resolved = resolve(target);
        if (isBlockDevice(resolved)) {
            return DeviceVolume.open(resolved, options);
        }
        if (Files.exists(resolved) && !Files.isRegularFile(resolved)) {
            throw refused(target, Files.isDirectory(resolved)
                    ? "it is a folder: name a file in it"
                    : "it is neither a regular file nor a block device");
        }
        return FileVolume.open(resolved, options);
    }

    /**
     * The file that a target names in the end: links followed, the folder's real path.
     *
     * @throws NeedsUserException with reason TARGET when the folder does not exist
     */
    static Path resolve(Path target) throws IOException {
        Path path = target.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(path); links++) {
            if (links == MAX_LINKS) {
                throw refused(target, "it leads through too many symbolic links");
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        Path folder = path.getParent();
        Path name = path.getFileName();
        if (folder == null || name == null || name.toString().equals("..") || name.toString().equals(".")) {
            throw refused(target, "it is a folder: name a file in it");
        }
        try {
            return folder.toRealPath().resolve(name);
        } catch (NoSuchFileException e) {
            throw refused(target, "the folder " + folder + " does not exist: create it");
        }
    }

    /**
     * Whether the path is a block device, links followed;
     * <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>: S_IFMT and S_IFBLK.
     */
    public static boolean isBlockDevice(Path path) throws IOException {
        try {
            return Files.getAttribute(path, "unix:mode") instanceof Integer mode && (mode & FILE_TYPE) == BLOCK_DEVICE;
        } catch (NoSuchFileException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static NeedsUserException refused(Path target, String why) {
        return new NeedsUserException(Reason.TARGET, "Tried to write " + target + " but " + why);
    }
}
