package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import java.util.BitSet;

/** Which megabytes of the file are taken: by header, log, regions and stored blocks. One bit for each. */
final class UsedSpace {

    /** Largest disk and all that stands beside it; keeps the bits within 9 MiB. */
    static final long MAX_OFFSET = 65L << 40;

    private final BitSet used = new BitSet();

    UsedSpace() {
        used.set(0); // the header section
    }

    /**
     * Takes a range of whole megabytes.
     *
     * @return false, and nothing is taken, where it is not of whole megabytes, too far or not free
     */
    boolean take(long start, long length) {
        if (start < 0 || length < 0 || start % Fields.MEGABYTE != 0 || length % Fields.MEGABYTE != 0
                || start > MAX_OFFSET || length > MAX_OFFSET - start) {
            return false;
        }
        int from = (int) (start / Fields.MEGABYTE);
        int to = (int) ((start + length) / Fields.MEGABYTE);
        int next = used.nextSetBit(from);
        if (next >= 0 && next < to) {
            return false;
        }
        used.set(from, to);
        return true;
    }

    boolean take(ByteRange range) {
        return take(range.start(), range.length());
    }
}
