package io.datavolume.importer.journal;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RandomJournal;
import io.datavolume.image.decode.RangeSet;
import io.datavolume.image.volume.Volume;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Journal of a random-access transfer: what is written is noted at once, which survives this process; a thread syncs
 * the volume and then records what was written before, which survives the machine. After a sync that failed nothing recorded can be trusted, since the kernel may have dropped dirty pages, so the journal is
 * thrown away.
 */
public final class RangeJournal implements RandomJournal, Closeable {

    private final JournalFile file;
    private final Volume volume;
    private final SyncBudget budget;
    private final RangeSet done = new RangeSet();
    private final Thread thread = Thread.ofPlatform().name("cdi-journal").daemon().unstarted(this::syncLoop);
    private RangeSet unnoted = new RangeSet();
    private long unnotedBytes;
    private RangeSet pending = new RangeSet();
    private long pendingBytes;
    private long syncingBytes;
    private boolean closed;
    private @Nullable IOException failure;

    public RangeJournal(JournalFile file, Volume volume, SyncBudget budget) {
        this.file = file;
        this.volume = volume;
        this.budget = budget;
        for (JournalRecord record : file.found()) {
            switch (record) {
                case JournalRecord.Ranges r -> addAll(r.starts(), r.ends(), done);
                case JournalRecord.Written w -> {
                    addAll(w.starts(), w.ends(), done);
                    // The next sync makes them durable as well.
                    addAll(w.starts(), w.ends(), pending);
                }
                default -> {
                }
            }
        }
        thread.start();
    }

    private static void addAll(List<Long> starts, List<Long> ends, RangeSet set) {
        for (int i = 0; i < Math.min(starts.size(), ends.size()); i++) {
            long start = starts.get(i);
            long end = ends.get(i);
            if (start >= 0 && end > start) {
                set.add(new ByteRange(start, end - start));
            }
        }
    }

    @Override
    public boolean isDone(ByteRange fileRange) {
        synchronized (done) {
            return done.contains(fileRange);
        }
    }

    @Override
    public synchronized void written(ByteRange fileRange) throws IOException {
        if (failure == null) {
            note(fileRange);
        }
        pending.add(fileRange);
        pendingBytes += fileRange.length();
        if (pendingBytes >= budget.start()) {
            notifyAll();
        }
        while (failure == null && !closed && pendingBytes + syncingBytes > budget.limit() && pendingBytes > 0) {
            await();
        }
        if (failure != null) {
            throw new IOException("the target could not be synced: " + failure.getMessage(), failure);
        }
    }

    private void note(ByteRange fileRange) throws IOException {
        unnoted.add(fileRange);
        unnotedBytes += fileRange.length();
        if (unnotedBytes >= budget.note() && !file.boot().isEmpty()) {
            List<ByteRange> ranges = unnoted.ranges();
            file.note(new JournalRecord.Written(file.boot(), starts(ranges), ends(ranges)));
            unnoted = new RangeSet();
            unnotedBytes = 0;
        }
    }

    private static List<Long> starts(List<ByteRange> ranges) {
        return ranges.stream().map(ByteRange::start).toList();
    }

    private static List<Long> ends(List<ByteRange> ranges) {
        return ranges.stream().map(ByteRange::end).toList();
    }

    private synchronized void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a sync");
        }
    }

    private void syncLoop() {
        try {
            for (RangeSet batch = nextBatch(); batch != null; batch = nextBatch()) {
                volume.sync();
                List<ByteRange> ranges = batch.ranges();
                file.append(new JournalRecord.Ranges(starts(ranges), ends(ranges)));
                finished();
            }
        } catch (IOException e) {
            failed(e);
        } catch (RuntimeException e) {
            failed(new IOException(e));
        }
    }

    private synchronized @Nullable RangeSet nextBatch() {
        while (!closed && pendingBytes < budget.start()) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        if (closed) {
            return null;
        }
        RangeSet batch = pending;
        pending = new RangeSet();
        syncingBytes = pendingBytes;
        pendingBytes = 0;
        return batch;
    }

    private synchronized void finished() {
        syncingBytes = 0;
        notifyAll();
    }

    private synchronized void failed(IOException e) {
        failure = e;
        try {
            file.reset();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
        notifyAll();
    }

    /** Stops recording; what was not synced by then is not recorded. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while closing the journal");
        }
    }
}
