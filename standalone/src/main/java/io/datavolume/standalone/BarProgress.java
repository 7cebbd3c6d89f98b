package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.Progress.Stage;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal, rewritten in place; one per stage, since a bar's name is fixed. */
final class BarProgress implements ProgressView {

    private static final int INTERVAL_MILLIS = 200;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final IntSupplier columns;
    private final boolean unicode;
    private volatile Progress latest = new Progress(Stage.CONNECTING, 0, 0, -1, 0, 0);
    private @Nullable ProgressBar bar;
    private @Nullable Stage stage;
    private boolean closed;

    BarProgress(PrintStream out, IntSupplier columns, boolean unicode) {
        this.out = out;
        this.columns = columns;
        this.unicode = unicode;
    }

    @Override
    public synchronized void update(Progress progress) {
        if (closed) {
            return;
        }
        latest = progress;
        if (progress.stage() != stage) {
            closeBar();
            stage = progress.stage();
            bar = stage == Stage.COMPLETE ? null : newBar(stage, progress.total());
        }
        if (bar != null) {
            bar.maxHint(Math.max(progress.total(), -1));
            bar.stepTo(progress.done());
        }
    }

    private ProgressBar newBar(Stage of, long total) {
        // Updated continuously: rate and time left change where the position does not.
        return new ProgressBar(of.id(), Math.max(total, -1), INTERVAL_MILLIS, true, false, 0, java.time.Duration.ZERO,
                new BarRenderer(() -> latest, unicode), new Line());
    }

    @Override
    public synchronized void warning(String message) {
        out.print(CLEAR_LINE + "Warning: " + message + System.lineSeparator());
        out.flush();
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
            // A bar that is closed before it was ever drawn does not clear its line.
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeBar();
    }

    /** Where the bar is drawn. */
    private final class Line implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            // The last column stays free: a terminal that wraps would scroll.
            return columns.getAsInt() - 1;
        }

        @Override
        public void accept(String rendered) {
            out.print(CLEAR_LINE + rendered.substring(0, Math.min(rendered.length(), getMaxRenderedLength())));
            out.flush();
        }

        @Override
        public void clear() {
            out.print(CLEAR_LINE);
        }

        @Override
        public void close() {
            // the stream belongs to the process
        }
    }
}
