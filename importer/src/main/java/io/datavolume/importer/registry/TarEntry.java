package io.datavolume.importer.registry;

/**
 * One entry of a tar file.
 *
 * @param name as it stands in the file
 * @param kind what it is
 * @param size of its content in bytes, holes included
 * @param link where a link points to; empty for others
 * @param offset of its content in the unpacked tar, in bytes
 * @param sparse whether its content is stored without holes, so that {@code offset} leads to a part only
 */
record TarEntry(String name, Kind kind, long size, String link, long offset, boolean sparse) {

    /** What an entry is. */
    enum Kind {
        FILE, DIRECTORY, SYMLINK, HARDLINK, SPECIAL;

        String people() {
            return switch (this) {
                case FILE -> "file";
                case DIRECTORY -> "directory";
                case SYMLINK -> "symbolic link";
                case HARDLINK -> "hard link";
                case SPECIAL -> "device or pipe";
            };
        }
    }
}
