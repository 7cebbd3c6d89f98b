package io.datavolume.image.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Splits data into runs of zeros and runs of anything else, by blocks of the target. */
final class ZeroRuns {

    /** Granularity in bytes: the block of most filesystems. */
    static final int BLOCK = 4096;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    /** Takes the runs of a buffer in order; positions are indexes of the buffer. */
    interface Runs {
        void data(int from, int to) throws IOException;

        void zeros(int from, int to) throws IOException;
    }

    private ZeroRuns() {}

    /**
     * @param data position to limit are read; neither is moved
     * @param offset place of the first byte in the target, which aligns the blocks
     * @param shortest shorter runs of zeros count as data, in bytes
     */
    static void split(ByteBuffer data, long offset, int shortest, Runs runs) throws IOException {
        int base = data.position();
        int length = data.remaining();
        int dataFrom = 0;
        int at = 0;
        while (at < length) {
            int zeroFrom = at;
            while (at < length) {
                int next = nextBlock(at, offset, length);
                if (!isZero(data, base + at, base + next)) {
                    break;
                }
                at = next;
            }
            if (at > zeroFrom && at - zeroFrom >= shortest) {
                if (zeroFrom > dataFrom) {
                    runs.data(base + dataFrom, base + zeroFrom);
                }
                runs.zeros(base + zeroFrom, base + at);
                dataFrom = at;
            }
            if (at < length) {
                at = nextBlock(at, offset, length);
            }
        }
        if (length > dataFrom) {
            runs.data(base + dataFrom, base + length);
        }
    }

    private static int nextBlock(int at, long offset, int length) {
        return Math.min(length, at + BLOCK - (int) ((offset + at) & (BLOCK - 1)));
    }

    private static boolean isZero(ByteBuffer data, int from, int to) {
        // Most blocks of data differ in a byte at once; the vectorised comparison is for the others.
        return data.get(from) == 0 && data.get(to - 1) == 0
                && data.slice(from, to - from).mismatch(ZEROS.slice(0, to - from)) < 0;
    }
}
