package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as chmod(1) writes them in octal. */
final class FileMode {

    /** In the order of the bits, from the highest. */
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();
    private static final int HIGHEST = 0400;

    private FileMode() {}

    static Set<PosixFilePermission> permissions(String octal) throws NeedsUserException {
        if (!octal.matches("0?[0-7]{3}")) {
            throw new NeedsUserException(Reason.USAGE, "The target's mode must be octal like 0660, not " + octal);
        }
        int mode = Integer.parseInt(octal, 8);
        Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : BITS) {
            if ((mode & HIGHEST >> permission.ordinal()) != 0) {
                found.add(permission);
            }
        }
        return found;
    }
}
