package io.datavolume.importer.journal;

/**
 * How many bytes may be written without being journaled, which the death of the process costs, and without being
 * synced, which that of the machine costs.
 *
 * @param note bytes after which what was written is noted
 * @param start bytes after which a sync begins
 * @param limit bytes at which writing waits for the sync
 */
public record SyncBudget(long note, long start, long limit) {

    private static final long SMALLEST = 512 << 10;
    private static final long LARGEST = 256 << 20;

    /**
     * A thousandth of the source is noted at once, one percent starts a sync, and two are the limit.
     *
     * @param sourceBytes length of the source, -1 where it is not known
     */
    public static SyncBudget of(long sourceBytes) {
        long known = sourceBytes < 0 ? 1 << 30 : sourceBytes;
        return new SyncBudget(Math.clamp(known / 1000, SMALLEST, SMALLEST << 5),
                Math.clamp(known / 100, SMALLEST, LARGEST),
                Math.clamp(known / 50, 4 * SMALLEST, LARGEST));
    }
}
