package io.datavolume.image.compress;

import io.datavolume.image.failure.ImageRefusedException;

/** What an archive may hold beside its disk: a compressed one could name entries and bytes without end. */
final class TarBounds {

    static final int MAX_ENTRIES = 100_000;
    static final long MAX_BYTES = Input.MAX_PADDING;

    private int entries;
    private long bytes;

    /**
     * Counts an entry that is not the disk.
     *
     * @param stored bytes that it takes in the archive
     * @param offset where they begin, for messages
     */
    void beside(long stored, long offset) throws ImageRefusedException {
        entries++;
        // Each is checked to be no longer than the archive can be, so it cannot wrap before it is refused.
        bytes += stored;
        if (entries > MAX_ENTRIES || bytes > MAX_BYTES || bytes < 0) {
            throw Damage.refused(Compression.TAR, "entry-limit", offset,
                    entries + " entries, " + Long.toUnsignedString(bytes) + " bytes",
                    "beside the disk an archive may hold " + MAX_ENTRIES + " entries and " + MAX_BYTES
                            + " bytes; pack the disk alone");
        }
    }
}
