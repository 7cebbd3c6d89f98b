package io.datavolume.image.decode;

import io.datavolume.image.volume.Volume;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes checkpoints of a forward pass: writes are drained at once, the sync runs while the pass goes on. */
final class Checkpointer implements AutoCloseable {

    private final Volume volume;
    private final Spill spill;
    private final ForwardJournal journal;
    private final Pipeline pipeline;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("cdi-sync").daemon().factory());
    private @Nullable Future<?> running;

    Checkpointer(Volume volume, Spill spill, ForwardJournal journal, Pipeline pipeline) {
        this.volume = volume;
        this.spill = spill;
        this.journal = journal;
        this.pipeline = pipeline;
    }

    /** @param position all bytes below it were taken by the pass */
    void checkpoint(long position) throws IOException {
        await();
        pipeline.awaitIdle();
        ForwardJournal.Commit commit = journal.prepare(position, spill.persist());
        running = thread.submit(() -> {
            volume.sync();
            spill.sync();
            commit.commit();
            return position;
        });
    }

    private void await() throws IOException {
        Future<?> last = running;
        running = null;
        if (last == null) {
            return;
        }
        try {
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while syncing");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            thread.shutdown();
        }
    }
}
