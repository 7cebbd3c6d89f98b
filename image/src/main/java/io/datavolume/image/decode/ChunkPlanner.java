package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is mapped into chunks in file order, and chunks into segments that are read in one go. What an earlier
 * run did is left out. The cuts depend only on the mappings, so that a later run makes the same ones.
 */
final class ChunkPlanner {

    /** Most bytes read into one buffer. */
    static final int MAX_CHUNK = 1 << 20;
    private static final int MIN_CHUNK = 64 << 10;
    /** Chunks that a file has at least, so that what is in flight is a small part of it. */
    private static final int CHUNKS = 768;
    /** Unmapped bytes that are read through rather than skipped with a new request. */
    private static final long GAP = 128 << 10;

    private final OpenMappings mappings;
    private final RandomJournal journal;
    private final HoleSkipper holes;
    private final Counters counters;
    private final long fileLength;
    private final long segmentBytes;
    private final int chunkBytes;
    private long position;
    private final List<ChunkPlan> ahead = new ArrayList<>();

    ChunkPlanner(OpenMappings mappings, RandomJournal journal, HoleSkipper holes, Counters counters,
            long fileLength, int chunkBytes, long segmentBytes) {
        this.mappings = mappings;
        this.journal = journal;
        this.holes = holes;
        this.counters = counters;
        this.fileLength = fileLength;
        this.segmentBytes = segmentBytes;
        this.chunkBytes = chunkBytes;
    }

    /** Bytes read into one buffer for a file of this length: a power of two, 64 KiB to 1 MiB. */
    static int chunkBytes(long fileLength) {
        return Math.clamp(Long.highestOneBit(fileLength / CHUNKS), MIN_CHUNK, MAX_CHUNK);
    }

    /** Neighbouring chunks, at most a segment of them; empty when all is planned. */
    synchronized List<ChunkPlan> nextSegment() throws IOException {
        List<ChunkPlan> segment = new ArrayList<>(ahead);
        ahead.clear();
        long start = segment.isEmpty() ? -1 : segment.getFirst().range().start();
        for (ChunkPlan chunk = nextChunk(); chunk != null; chunk = nextChunk()) {
            if (start < 0) {
                start = chunk.range().start();
            } else if (chunk.range().start() - segment.getLast().range().end() > GAP
                    || chunk.range().end() - start > segmentBytes) {
                ahead.add(chunk);
                return segment;
            }
            segment.add(chunk);
        }
        return segment;
    }

    private @Nullable ChunkPlan nextChunk() throws IOException {
        for (long start = mappings.nextStart(position); start < fileLength; start = mappings.nextStart(position)) {
            long end = Math.min(fileLength, Math.max(start + chunkBytes, start + mappings.compressedLengthAt(start)));
            List<Piece> pieces = mappings.take(start, end, end == fileLength);
            position = Math.min(end, mappings.firstOpen());
            if (position <= start) {
                position = end;
            }
            long last = pieces.stream().mapToLong(Piece::to).max().orElse(start);
            ByteRange range = new ByteRange(start, last - start);
            if (pieces.isEmpty() || holes.skip(range, pieces)) {
                continue;
            }
            if (!journal.isDone(range)) {
                return new ChunkPlan(range, pieces);
            }
            pieces.forEach(piece -> counters.addSkipped(piece.guestLength()));
        }
        return null;
    }
}
