package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.MappingSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Feeds a layout from a source with ranges, reading several wanted ranges at once and neighbours in one piece.
 */
public final class MetadataReader {

    /** Ranges read at once; a round trip each, at most 1 MiB each. */
    private static final int AT_ONCE = 8;
    /** Bytes between two wanted ranges that are read through rather than asked for separately. */
    private static final int GAP = 4096;

    private final RangeReader reader;
    private long bytesRead;

    public MetadataReader(RangeReader reader) {
        this.reader = reader;
    }

    /** Bytes read so far. */
    public long bytesRead() {
        return bytesRead;
    }

    /**
     * Feeds the layout until it wants nothing more.
     *
     * @return whether all was fed; false when the budget did not allow the next range
     * @param budget bytes that may be read in all
     */
    public boolean feed(DiskLayout layout, MappingSink sink, long budget) throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<ByteRange> wanted = layout.wanted(); !wanted.isEmpty(); wanted = layout.wanted()) {
                int count = Math.min(wanted.size(), AT_ONCE * 4);
                for (int i = 0; i < count;) {
                    int batch = Math.min(AT_ONCE, count - i);
                    List<ByteRange> ranges = wanted.subList(i, i + batch);
                    if (!feedBatch(layout, ranges, sink, budget, threads)) {
                        return false;
                    }
                    i += batch;
                }
            }
        }
        return true;
    }

    private boolean feedBatch(DiskLayout layout, List<ByteRange> ranges, MappingSink sink, long budget,
            ExecutorService threads) throws IOException {
        List<ByteRange> batch = List.copyOf(ranges);
        long bytes = batch.stream().mapToLong(r -> clip(r).length()).sum();
        if (bytesRead + bytes > budget) {
            return false;
        }
        List<ByteRange> joined = join(batch);
        List<Future<ByteBuffer>> reads = joined.stream().map(r -> threads.submit(() -> read(r))).toList();
        int at = -1;
        ByteBuffer content = ByteBuffer.allocate(0);
        for (ByteRange range : batch) {
            ByteRange inFile = clip(range);
            while (at < 0 || !joined.get(at).contains(inFile)) {
                at++;
                content = await(reads.get(at));
                bytesRead += content.remaining();
            }
            int from = (int) (inFile.start() - joined.get(at).start());
            layout.feed(range, content.slice(from, (int) inFile.length()), sink);
        }
        return true;
    }

    private List<ByteRange> join(List<ByteRange> sorted) {
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange range : sorted) {
            ByteRange next = clip(range);
            ByteRange last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && next.start() >= last.start() && next.start() - last.end() <= GAP
                    && next.end() - last.start() <= 4L * DiskLayout.MAX_WANTED) {
                joined.set(joined.size() - 1,
                        new ByteRange(last.start(), Math.max(last.end(), next.end()) - last.start()));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    /** The part of a range that lies in the file; empty at the file's end for a range behind it. */
    private ByteRange clip(ByteRange range) {
        long start = Math.min(range.start(), reader.length());
        return new ByteRange(start, Math.min(range.end(), reader.length()) - start);
    }

    private ByteBuffer read(ByteRange range) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) range.length());
        if (range.length() > 0) {
            reader.readFully(range.start(), content);
        }
        return content.flip();
    }

    private static ByteBuffer await(Future<ByteBuffer> read) throws IOException {
        try {
            return read.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading metadata");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
