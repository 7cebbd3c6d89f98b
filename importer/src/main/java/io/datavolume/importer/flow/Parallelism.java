package io.datavolume.importer.flow;

/**
 * How much is done at once, which bounds memory.
 *
 * @param readers ranges read at once
 * @param writers threads that inflate and write
 * @param buffers chunk buffers of at most 1 MiB
 * @param segmentBytes longest range asked for at once
 */
record Parallelism(int readers, int writers, int buffers, long segmentBytes) {

    private static final int LOCAL_BUFFERS = 8;
    private static final long BYTES_PER_READER = 128L << 20;
    private static final int REMOTE_BUFFERS = 6;

    /** For a local file: reading is copying from the page cache, so the processors set the pace. */
    static Parallelism local() {
        return new Parallelism(1, cpus(), LOCAL_BUFFERS, 256L << 20);
    }

    /** @param connections HTTP connections at most */
    static Parallelism remote(int connections) {
        return new Parallelism(connections, cpus(), REMOTE_BUFFERS, 64L << 20);
    }

    /** Fewer readers for a short source: each begins a part that is large against what is in flight. */
    Parallelism forLength(long bytes) {
        return new Parallelism((int) Math.clamp(bytes / BYTES_PER_READER, 1, readers), writers, buffers,
                segmentBytes);
    }

    private static int cpus() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16);
    }
}
