package io.datavolume.image.volume;

/** How much of the target may stand in the page cache. */
public enum CacheMode {
    /**
     * A bounded window of dirty pages in files; large writes to devices go past the cache. Nothing is done on
     * filesystems in memory.
     */
    AUTO,
    /** Past the cache wherever alignment allows and the filesystem can. */
    DIRECT,
    /** The kernel decides when to write and what to keep. */
    WRITEBACK
}
