package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;

/** A bar on a terminal, rewritten in place. */
final class BarProgress implements ProgressView {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final IntSupplier columns;
    private final StageBar bar;
    private boolean closed;

    BarProgress(PrintStream out, IntSupplier columns, boolean unicode) {
        this.out = out;
        this.columns = columns;
        this.bar = new StageBar("", new Line(), unicode);
    }

    @Override
    public synchronized void update(Progress progress) {
        if (!closed) {
            bar.update(progress);
        }
    }

    @Override
    public synchronized void warning(String message) {
        out.print(CLEAR_LINE + "Warning: " + message + System.lineSeparator());
        out.flush();
    }

    @Override
    public synchronized void close() {
        closed = true;
        bar.close();
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
            out.flush();
        }

        @Override
        public void close() {
            // the stream belongs to the process
        }
    }
}
