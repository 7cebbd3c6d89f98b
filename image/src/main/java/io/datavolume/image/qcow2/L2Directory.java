package io.datavolume.image.qcow2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where the L2 tables are: for each allocated entry of the L1 table one number, {@code cluster << 22 | index},
 * sorted by file offset. At most 4 million of them, 32 MiB, in arrays of one L1 piece each: one large array
 * could not be sorted or grown within the bound on memory.
 */
final class L2Directory {

    static final long NONE = -1;

    private static final int INDEX_BITS = 22;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
    /** A key is a positive long. QEMU's largest reference count table reaches less far for every cluster size. */
    private static final int MAX_CLUSTER_NUMBER_BITS = Long.SIZE - 1 - INDEX_BITS;

    private final int clusterBits;
    private final int size;
    private final BitSet allocated;
    private final List<long[]> chunks = new ArrayList<>();
    private int[] cursors = {};
    private long lastTaken = NONE;

    /** @param size entries of the L1 table that are looked at, at most 2<sup>22</sup> */
    L2Directory(int clusterBits, int size) {
        this.clusterBits = clusterBits;
        this.size = size;
        this.allocated = new BitSet(size);
    }

    /** First file offset at which no L2 table may start. */
    long maxOffset() {
        return Math.min(HeaderChecks.MAX_OFFSET, 1L << (MAX_CLUSTER_NUMBER_BITS + clusterBits));
    }

    long key(long tableOffset, int l1Index) {
        return tableOffset >>> clusterBits << INDEX_BITS | l1Index;
    }

    /** @param keys one piece of the L1 table in any order; the directory keeps the array */
    void add(long[] keys) {
        if (keys.length == 0) {
            return;
        }
        for (long key : keys) {
            allocated.set(l1Index(key));
        }
        Arrays.sort(keys);
        chunks.add(keys);
        cursors = new int[chunks.size()];
    }

    /** Next key in ascending order of file offset, or {@link #NONE}. */
    long next() {
        int lowest = -1;
        for (int i = 0; i < cursors.length; i++) {
            if (cursors[i] < chunks.get(i).length && (lowest < 0 || peek(i) < peek(lowest))) {
                lowest = i;
            }
        }
        if (lowest < 0) {
            return NONE;
        }
        lastTaken = peek(lowest);
        cursors[lowest]++;
        return lastTaken;
    }

    private long peek(int chunk) {
        return chunks.get(chunk)[cursors[chunk]];
    }

    /** Starts {@link #next} over. */
    void rewind() {
        Arrays.fill(cursors, 0);
        lastTaken = NONE;
    }

    /** Whether {@link #next} gave this table already. */
    boolean isTaken(long key) {
        return key <= lastTaken;
    }

    /** Key of the first L2 table that shares a byte with {@code [start, end)}, or {@link #NONE}. */
    long firstIn(long start, long end) {
        if (start >= end || start >= maxOffset()) {
            return NONE;
        }
        long from = start >>> clusterBits << INDEX_BITS;
        long first = NONE;
        for (long[] chunk : chunks) {
            // Tables mostly stand in guest order, so that all chunks but one are left out here.
            if (chunk[chunk.length - 1] < from || tableOffset(chunk[0]) >= end) {
                continue;
            }
            int at = Arrays.binarySearch(chunk, from);
            at = at < 0 ? -at - 1 : at;
            if (at < chunk.length && tableOffset(chunk[at]) < end && (first == NONE || chunk[at] < first)) {
                first = chunk[at];
            }
        }
        return first;
    }

    long tableOffset(long key) {
        return key >>> INDEX_BITS << clusterBits;
    }

    static int l1Index(long key) {
        return (int) (key & INDEX_MASK);
    }

    /** First allocated L1 entry at or after this one; the size of the table when there is none. */
    int nextAllocated(int l1Index) {
        int next = allocated.nextSetBit(l1Index);
        return next < 0 ? size : next;
    }
}
