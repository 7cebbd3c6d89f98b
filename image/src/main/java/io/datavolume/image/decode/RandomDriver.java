package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Mapping;
import io.datavolume.image.volume.Volume;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an image whose ranges can be read in any order: metadata first, then what is mapped in file order,
 * several segments at once. What holds no data is not read.
 */
public final class RandomDriver {

    /** Mappings kept in memory before they go to the map folder. */
    static final int MAPPINGS_IN_MEMORY = 200_000;

    /**
     * How to run.
     *
     * @param firstReaders readers to begin with; while a source is slow, more are added as long as that helps
     * @param readers segments read at once at most: connections of a remote source, threads of a local one
     * @param writers threads that inflate and write; 0: each reader does so itself, which is best where reading does
     *        not wait, since the bytes are still in the processor's cache
     * @param buffers chunk buffers, the bound on memory; at least as many as readers
     * @param chunkBytes most bytes in one buffer, 64 KiB to 1 MiB
     * @param segmentBytes longest range asked for at once
     * @param mapFolder where the map of a finely fragmented image may overflow to, or null
     */
    public record Settings(int firstReaders, int readers, int writers, int buffers, int chunkBytes, long segmentBytes,
            @Nullable Path mapFolder) {}

    private final RangeReader reader;
    private final DiskLayout layout;
    private final Volume volume;
    private final RandomJournal journal;
    private final Counters counters;
    private final Settings settings;

    public RandomDriver(RangeReader reader, DiskLayout layout, Volume volume, RandomJournal journal,
            Counters counters, Settings settings) {
        this.reader = reader;
        this.layout = layout;
        this.volume = volume;
        this.journal = journal;
        this.counters = counters;
        this.settings = settings;
    }

    /**
     * Reads the metadata, prepares the volume, and writes all data. The volume is not completed.
     *
     * @return the virtual size in bytes
     */
    public long run() throws IOException {
        try (MappingQueue queue = new MappingQueue(MAPPINGS_IN_MEMORY, settings.mapFolder());
                OpenMappings mappings = new OpenMappings(queue)) {
            EmptyExtents empties = new EmptyExtents(volume);
            long[] data = new long[1];
            boolean[] prepared = new boolean[1];
            MetadataReader metadata = new MetadataReader(reader);
            metadata.feed(layout, mapping -> {
                if (!prepared[0]) {
                    volume.prepare(layout.virtualSize().orElseThrow());
                    prepared[0] = true;
                }
                data[0] += accept(mapping, mappings, empties);
            }, Long.MAX_VALUE);
            layout.end(reader.length(), mapping -> data[0] += accept(mapping, mappings, empties));
            long size = layout.virtualSize().orElseThrow();
            if (!prepared[0]) {
                volume.prepare(size);
            }
            counters.plan(data[0]);
            empties.flush();
            HoleSkipper holes = new HoleSkipper(reader, volume, counters);
            int chunk = Math.min(settings.chunkBytes(), ChunkPlanner.chunkBytes(reader.length()));
            copy(new ChunkPlanner(mappings, journal, holes, counters, reader.length(), chunk, settings.segmentBytes()),
                    holes, chunk);
            return size;
        }
    }

    private static long accept(Mapping mapping, OpenMappings mappings, EmptyExtents empties) throws IOException {
        if (mapping.extent().isData()) {
            mappings.add(mapping);
            return mapping.extent().length();
        }
        empties.add(mapping.extent());
        return 0;
    }

    private void copy(ChunkPlanner planner, HoleSkipper holes, int chunk) throws IOException {
        BufferPool buffers = new BufferPool(settings.buffers(), chunk, true);
        try (PieceWriter writer = new PieceWriter(volume, counters);
                Pipeline writers = new Pipeline(Math.max(1, settings.writers()), "cdi-write-");
                Pipeline readers = new Pipeline(settings.readers(), "cdi-read-")) {
            SegmentsTask segments = new SegmentsTask(planner, holes, buffers, writer, readers, writers);
            segments.crew.start();
            readers.awaitIdle();
            writers.awaitIdle();
        }
    }

    /** What every reader does: segment after segment, until none is left. */
    private final class SegmentsTask implements Pipeline.Task {

        private final ChunkPlanner planner;
        private final HoleSkipper holes;
        private final BufferPool buffers;
        private final PieceWriter writer;
        private final Pipeline readers;
        private final Pipeline writers;
        private final ReaderCrew crew;

        SegmentsTask(ChunkPlanner planner, HoleSkipper holes, BufferPool buffers, PieceWriter writer,
                Pipeline readers, Pipeline writers) {
            this.planner = planner;
            this.holes = holes;
            this.buffers = buffers;
            this.writer = writer;
            this.readers = readers;
            this.writers = writers;
            this.crew = new ReaderCrew(readers, this, settings.firstReaders(), settings.readers());
        }

        @Override
        public void run() throws IOException {
            while (!readers.failed() && !crew.leaves()) {
                List<ChunkPlan> segment = planner.nextSegment();
                if (segment.isEmpty()) {
                    return;
                }
                long start = segment.getFirst().range().start();
                long end = segment.stream().mapToLong(c -> c.range().end()).max().orElseThrow();
                try (ReadableByteChannel channel = reader.open(new ByteRange(start, end - start))) {
                    new SegmentReader(channel, start, holes, crew).read(segment, buffers, writer, writers);
                }
            }
        }
    }

    /** Reads one segment chunk by chunk; chunks may overlap by the shared sector of two compressed clusters. */
    private final class SegmentReader {

        private final ReadableByteChannel channel;
        private long position;
        private ByteBuffer overlap = ByteBuffer.allocate(0);
        private final HoleSkipper holes;
        private final ReaderCrew crew;

        SegmentReader(ReadableByteChannel channel, long start, HoleSkipper holes, ReaderCrew crew) {
            this.holes = holes;
            this.crew = crew;
            this.channel = channel;
            this.position = start;
        }

        void read(List<ChunkPlan> segment, BufferPool buffers, PieceWriter writer, Pipeline writers)
                throws IOException {
            for (int i = 0; i < segment.size(); i++) {
                ChunkPlan chunk = segment.get(i);
                BufferPool.Lease lease = buffers.take((int) chunk.range().length());
                try {
                    fill(lease.buffer(), chunk.range());
                    holes.saw(lease.buffer());
                    keepOverlap(lease.buffer(), chunk.range(), i + 1 < segment.size() ? segment.get(i + 1) : null);
                } catch (IOException | RuntimeException e) {
                    lease.release();
                    throw e;
                }
                if (settings.writers() > 0) {
                    writers.submit(() -> write(chunk, lease.buffer(), writer), lease::release);
                    continue;
                }
                try {
                    write(chunk, lease.buffer(), writer);
                } finally {
                    lease.release();
                }
            }
        }

        private void write(ChunkPlan chunk, ByteBuffer buffer, PieceWriter writer) throws IOException {
            for (Piece piece : chunk.pieces()) {
                writer.write(piece, buffer, chunk.range().start());
            }
            journal.written(chunk.range());
        }

        private void fill(ByteBuffer buffer, ByteRange range) throws IOException {
            buffer.clear().limit((int) range.length());
            buffer.put(overlap.slice(0, Math.min(overlap.limit(), buffer.remaining())));
            overlap = ByteBuffer.allocate(0);
            long from = position;
            long began = System.nanoTime();
            skipTo(range.start() + buffer.position(), buffer);
            while (buffer.hasRemaining()) {
                int n = channel.read(buffer);
                if (n < 0) {
                    throw new EOFException(
                            "the source ended early at offset " + (range.start() + buffer.position()));
                }
                position += n;
            }
            crew.came(position - from, System.nanoTime() - began);
            buffer.flip();
        }

        /** Reads and drops the unmapped bytes before a chunk, using the free part of its buffer. */
        private void skipTo(long target, ByteBuffer buffer) throws IOException {
            while (position < target) {
                ByteBuffer scratch = buffer.slice();
                scratch.limit((int) Math.min(scratch.capacity(), target - position));
                int n = channel.read(scratch);
                if (n < 0) {
                    throw new EOFException("the source ended early at offset " + position);
                }
                position += n;
            }
        }

        private void keepOverlap(ByteBuffer buffer, ByteRange range, @Nullable ChunkPlan next) {
            if (next != null && next.range().start() < range.end()) {
                int shared = (int) (range.end() - next.range().start());
                overlap = ByteBuffer.allocate(shared).put(buffer.slice(buffer.limit() - shared, shared)).flip();
            }
        }
    }
}
