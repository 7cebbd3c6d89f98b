package io.datavolume.image;

/**
 * A run of guest bytes of one kind: the currency of the engine.
 *
 * @param start first byte in the virtual disk
 * @param length bytes, 1 or more
 * @param kind what the run holds
 */
public record Extent(long start, long length, Kind kind) {

    /** What a run of the virtual disk holds. */
    public enum Kind {
        /** Stored bytes, plain or compressed. */
        DATA,
        /** Reads as zeros because the image says so. */
        ZERO,
        /** Never written; reads as zeros. */
        UNALLOCATED
    }

    public Extent {
        if (start < 0 || length <= 0 || start > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("no such extent: start " + start + ", length " + length);
        }
    }

    /** First byte after the extent. */
    public long end() {
        return start + length;
    }

    public boolean isData() {
        return kind == Kind.DATA;
    }
}
