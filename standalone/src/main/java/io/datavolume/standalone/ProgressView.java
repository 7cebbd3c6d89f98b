package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.ProgressListener;
import io.datavolume.importer.worker.ProgressLines;
import java.io.PrintStream;

/** Shows on standard error how far a transfer is; after closing it shows nothing more. */
interface ProgressView extends ProgressListener, AutoCloseable {

    @Override
    void close();

    /** What fits the place: JSON lines for programs, a bar for a person who watches, lines for a log. */
    static ProgressView of(OutputFormat output, PrintStream err) {
        if (output == OutputFormat.JSON) {
            return new Json(new ProgressLines(err));
        }
        return Terminal.watched()
                ? new BarProgress(err, new Terminal()::columns, Terminal.showsUnicode(err.charset()))
                : new LineProgress(err, System::nanoTime);
    }

    /** The lines that a worker writes, too. */
    record Json(ProgressLines lines) implements ProgressView {

        @Override
        public void update(Progress progress) {
            lines.update(progress);
        }

        @Override
        public void warning(String message) {
            lines.warning(message);
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
