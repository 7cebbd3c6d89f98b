package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows nothing of what is done within a second. */
final class PatientProgress implements ProgressView {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ProgressView view;
    private final LongSupplier clock;
    private final long begin;

    /** @param clock nanoseconds, as {@link System#nanoTime} tells them */
    PatientProgress(ProgressView view, LongSupplier clock) {
        this.view = view;
        this.clock = clock;
        this.begin = clock.getAsLong();
    }

    @Override
    public void update(Progress progress) {
        if (clock.getAsLong() - begin >= PATIENCE_NANOS) {
            view.update(progress);
        }
    }

    @Override
    public void warning(String message) {
        view.warning(message);
    }

    @Override
    public void close() {
        view.close();
    }
}
