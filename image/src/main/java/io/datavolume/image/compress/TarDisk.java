package io.datavolume.image.compress;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Which entry of an archive is the disk, and which entries cannot be. */
enum TarDisk {

    /** Has the name of a disk. */
    NAMED,
    /** A regular file that could be a disk. */
    POSSIBLE,
    /** Goes along with disks, or is no file. */
    IGNORED;

    private static final List<String> DISKS = List.of(".raw", ".img", ".qcow2", ".vmdk", ".vhd", ".vhdx", ".vdi",
            ".iso");
    private static final List<String> OTHERS = List.of(".ovf", ".mf", ".cert", ".xml", ".txt", ".json", ".md5");

    /**
     * Classifies an entry.
     *
     * @param offset where its content begins, for messages
     */
    static TarDisk of(TarArchiveEntry entry, long offset) throws IOException {
        String name = entry.getName();
        if (name.startsWith("/") || List.of(name.split("/", -1)).contains("..")) {
            throw Damage.refused(Compression.TAR, "entry-path", offset, name,
                    "an entry's path leaves the archive; pack it with relative paths");
        }
        if (entry.getSize() < 0 || entry.getRealSize() < 0 || entry.getSize() > Long.MAX_VALUE - offset - 1024) {
            throw Damage.refused(Compression.TAR, "entry-size", offset, Long.toString(entry.getSize()),
                    "the size of an entry is impossible");
        }
        String base = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean named = DISKS.stream().anyMatch(base::endsWith) && !base.startsWith("._");
        if (isLinkOrDevice(entry)) {
            if (named) {
                throw Damage.refused(Compression.TAR, "entry-type", offset, name,
                        "the disk is a link or a device; pack the file itself");
            }
            return IGNORED;
        }
        if (!entry.isFile() || entry.isDirectory()) {
            return IGNORED;
        }
        if (named) {
            return NAMED;
        }
        boolean other = OTHERS.stream().anyMatch(base::endsWith) || base.startsWith("._")
                || base.substring(Math.max(0, base.lastIndexOf('.'))).startsWith(".sha");
        return other ? IGNORED : POSSIBLE;
    }

    private static boolean isLinkOrDevice(TarArchiveEntry entry) {
        return entry.isSymbolicLink() || entry.isLink() || entry.isBlockDevice() || entry.isCharacterDevice()
                || entry.isFIFO();
    }
}
