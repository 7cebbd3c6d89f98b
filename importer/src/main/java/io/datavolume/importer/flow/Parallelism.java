package io.datavolume.importer.flow;

/**
 * How much is done at once, which bounds memory.
 *
 * @param firstReaders ranges read at once in the beginning
 * @param readers ranges read at once at most
 * @param writers threads that inflate and write
 * @param buffers chunk buffers
 * @param chunkBytes most bytes in one buffer
 * @param segmentBytes longest range asked for at once
 */
record Parallelism(int firstReaders, int readers, int writers, int buffers, int chunkBytes, long segmentBytes) {

    private static final long BYTES_PER_READER = 128L << 20;
    private static final int REMOTE_BUFFERS = 6;

    /** For a local file: reading is copying from the page cache, so the processors set the pace. */
    static Parallelism local() {
        return new Parallelism(cpus(), cpus(), 0, 2 * cpus(), 256 << 10, 32L << 20);
    }

    /** @param connections HTTP connections at most */
    static Parallelism remote(int connections) {
        return new Parallelism(1, connections, cpus(), Math.max(REMOTE_BUFFERS, connections), 1 << 20, 64L << 20);
    }

    /** Fewer readers for a short source: each begins a part that is large against what is in flight. */
    Parallelism forLength(long bytes) {
        int most = (int) Math.clamp(bytes / BYTES_PER_READER, 1, readers);
        return new Parallelism(Math.min(firstReaders, most), most, writers, buffers, chunkBytes, segmentBytes);
    }

    /** Threads that decode a stream. */
    int decoders() {
        return Math.max(writers, cpus());
    }

    private static int cpus() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16);
    }
}
