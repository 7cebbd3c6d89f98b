package io.datavolume.importer.journal;

/**
 * How many bytes may be written without being synced and journaled: what a crash costs.
 *
 * @param start bytes after which a sync begins
 * @param limit bytes at which writing waits for the sync
 */
public record SyncBudget(long start, long limit) {

    private static final long SMALLEST = 512 << 10;
    private static final long LARGEST = 256 << 20;

    /**
     * One percent of the source starts a sync, two at most are at stake, so that with what is in flight less than
     * five percent is read twice.
     *
     * @param sourceBytes length of the source, -1 where it is not known
     */
    public static SyncBudget of(long sourceBytes) {
        long known = sourceBytes < 0 ? 1 << 30 : sourceBytes;
        return new SyncBudget(Math.clamp(known / 100, SMALLEST, LARGEST),
                Math.clamp(known / 50, 4 * SMALLEST, LARGEST));
    }
}
