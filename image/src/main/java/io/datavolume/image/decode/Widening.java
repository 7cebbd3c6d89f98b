package io.datavolume.image.decode;

/**
 * Decides over how many connections a source is read: twice as many while that makes it clearly faster, and as many
 * as before once it did not. A source that is fast over one connection, or a target that is slower than the source,
 * is left at one. Not thread-safe.
 */
public final class Widening {

    /** How often {@link #next} wants to be asked, in nanoseconds. */
    public static final long PERIOD = 1_000_000_000L;

    /** Bytes per second that one connection should bring. */
    private static final double ENOUGH = 100e6;
    /** What more connections must bring, as a factor. */
    private static final double GAIN = 1.15;

    private final int most;
    private int count;
    private int before;
    private double rateBefore;
    private boolean warming;
    private boolean settled;

    /**
     * @param first connections to begin with
     * @param most connections at most
     */
    public Widening(int first, int most) {
        this.count = first;
        this.most = most;
        this.settled = first >= most;
    }

    /**
     * Takes what a period brought.
     *
     * @param bytes that came over all connections
     * @param nanos length of the period, above 0
     * @param waited time that the readers waited for bytes, of all of them together
     * @return connections to use from now on
     */
    public int next(long bytes, long nanos, long waited) {
        if (settled) {
            return count;
        }
        if (warming) {
            // New connections are slow at first.
            warming = false;
            return count;
        }
        double rate = bytes * 1e9 / nanos;
        if (before > 0 && rate < rateBefore * GAIN) {
            count = before;
            settled = true;
            return count;
        }
        before = 0;
        if (waited > nanos / 2 * count && rate < ENOUGH * count && count < most) {
            before = count;
            rateBefore = rate;
            count = Math.min(most, 2 * count);
            warming = true;
        }
        return count;
    }
}
