package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.Progress.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One line at each change of stage and every three seconds, for logs. */
final class LineProgress implements ProgressView {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(3).toNanos();

    private final PrintStream out;
    private final LongSupplier clock;
    private @Nullable Stage lastStage;
    private long lastNanos;
    private boolean closed;

    /** @param clock nanoseconds, as {@link System#nanoTime} tells them */
    LineProgress(PrintStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void update(Progress progress) {
        long now = clock.getAsLong();
        boolean due = progress.stage() != lastStage || now - lastNanos >= INTERVAL_NANOS;
        if (closed || !due || progress.stage() == Stage.COMPLETE) {
            return;
        }
        lastStage = progress.stage();
        lastNanos = now;
        out.println(line(progress));
        out.flush();
    }

    static String line(Progress progress) {
        StringBuilder line = new StringBuilder(progress.stage().id());
        if (progress.stage() != Stage.TRANSFERRING && progress.stage() != Stage.INSPECTING) {
            return line.toString();
        }
        if (progress.percent() >= 0 && progress.done() > 0) {
            line.append(String.format(Locale.ROOT, " %d%%, %s of %s", (int) progress.percent(),
                    Amounts.bytes(progress.done()), Amounts.bytes(progress.total())));
        } else if (progress.bytesRead() > 0) {
            line.append(" ").append(Amounts.bytes(progress.bytesRead())).append(" read");
        }
        if (progress.rate() >= 1) {
            line.append(", ").append(Amounts.rate(progress.rate()));
        }
        if (progress.secondsLeft() >= 0) {
            line.append(", ").append(Amounts.clock(progress.secondsLeft())).append(" left");
        }
        return line.toString();
    }

    @Override
    public synchronized void warning(String message) {
        out.println("Warning: " + message);
        out.flush();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
