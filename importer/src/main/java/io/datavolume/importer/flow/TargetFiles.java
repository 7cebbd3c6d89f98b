package io.datavolume.importer.flow;

import io.datavolume.image.volume.FileVolume;
import io.datavolume.image.volume.Volumes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The files that stand beside a target while it is being written, and what identifies the target itself.
 *
 * @param target file or device as named
 * @param device whether it is a block device
 * @param part where a file grows; the device itself
 * @param journal the resume journal; empty where there is no place for one
 * @param spill room beside the target for what cannot be placed yet; empty for a device
 */
record TargetFiles(Path target, boolean device, Path part, Optional<Path> journal, Optional<Path> spill) {

    static TargetFiles of(Path target, Optional<Path> journalFolder) throws IOException {
        if (Volumes.isBlockDevice(target)) {
            Path real = target.toRealPath();
            return new TargetFiles(target, true, real, journalFolder.map(f -> f.resolve(named(real))),
                    Optional.empty());
        }
        Path part = FileVolume.partFile(target);
        String name = "." + target.toAbsolutePath().normalize().getFileName();
        Path journal = journalFolder.map(f -> f.resolve(named(part))).orElse(part.resolveSibling(name + ".journal"));
        return new TargetFiles(target, false, part, Optional.of(journal),
                Optional.of(part.resolveSibling(name + ".spill")));
    }

    /** A name for a folder that serves several targets. */
    static String named(Path path) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return path.getFileName() + "-" + HexFormat.of().formatHex(digest, 0, 6) + ".journal";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What tells this very file or device from another one; empty when it does not exist. */
    static Optional<String> identity(Path path) throws IOException {
        try {
            if (Volumes.isBlockDevice(path)) {
                return Optional.of("device " + Files.getAttribute(path, "unix:rdev"));
            }
            return Optional.of("file " + Files.getAttribute(path, "unix:dev") + " "
                    + Files.getAttribute(path, "unix:ino"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
