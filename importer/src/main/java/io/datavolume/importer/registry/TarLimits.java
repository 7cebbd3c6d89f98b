package io.datavolume.importer.registry;

/**
 * What a tar file may cost.
 *
 * @param entries most entries in one file
 * @param path longest path of an entry, in characters
 * @param header most bytes of all headers of one entry (long names, pax records)
 * @param unpacked most bytes of one file after decompression
 */
public record TarLimits(long entries, int path, long header, long unpacked) {

    /** A million entries, paths as Linux has them, headers of 1 MiB, 16 TiB unpacked. */
    public static final TarLimits DEFAULT = new TarLimits(1_000_000, 4096, 1 << 20, 1L << 44);
}
