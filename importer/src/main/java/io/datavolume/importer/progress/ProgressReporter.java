package io.datavolume.importer.progress;

import io.datavolume.importer.progress.Progress.Stage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Samples the counters of a transfer a few times a second and tells a listener. */
public final class ProgressReporter implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    /** Samples over which the rate is taken: five seconds. */
    private static final int WINDOW = 20;

    /**
     * Where the figures come from; each is asked several times a second from another thread.
     *
     * @param read bytes received from the source
     * @param written guest bytes written
     * @param done how far the transfer is
     * @param total of {@code done}, -1 while unknown
     */
    public record Figures(LongSupplier read, LongSupplier written, LongSupplier done, LongSupplier total) {

        public static final Figures NONE = new Figures(() -> 0, () -> 0, () -> 0, () -> -1);
    }

    private record Sample(long nanos, long done) {}

    private final ProgressListener listener;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Thread thread;
    private Figures figures = Figures.NONE;
    private Stage stage = Stage.CONNECTING;
    private boolean closed;

    public ProgressReporter(ProgressListener listener) {
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("cdi-progress").daemon().start(this::loop);
    }

    public void warning(String message) {
        listener.warning(message);
    }

    /** Says what is being done, at once. */
    public synchronized void stage(Stage next) {
        stage = next;
        tell();
    }

    /** Says where the figures come from now. */
    public synchronized void figures(Figures next) {
        figures = next;
        samples.clear();
    }

    private void loop() {
        while (tick()) {
            // until closed
        }
    }

    private synchronized boolean tick() {
        try {
            wait(INTERVAL.toMillis(), 0);
        } catch (InterruptedException e) {
            return false;
        }
        if (!closed) {
            tell();
        }
        return !closed;
    }

    private void tell() {
        long done = figures.done().getAsLong();
        samples.addLast(new Sample(System.nanoTime(), done));
        while (samples.size() > WINDOW) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        double rate = seconds <= 0 ? 0 : Math.max(0, last.done() - first.done()) / seconds;
        listener.update(new Progress(stage, figures.read().getAsLong(), figures.written().getAsLong(),
                figures.total().getAsLong(), done, rate));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
