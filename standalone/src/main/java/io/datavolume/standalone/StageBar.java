package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.Progress.Stage;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/** The bar of one transfer, drawn anew now and then; one per stage, since a bar's name is fixed. Not thread-safe. */
final class StageBar {

    private static final int INTERVAL_MILLIS = 200;

    private final String prefix;
    private final ProgressBarConsumer place;
    private final boolean unicode;
    private volatile Progress latest = new Progress(Stage.CONNECTING, 0, 0, -1, 0, 0);
    private @Nullable ProgressBar bar;
    private @Nullable Stage stage;

    /**
     * @param prefix stands before the stage
     * @param place where the bar is drawn
     */
    StageBar(String prefix, ProgressBarConsumer place, boolean unicode) {
        this.prefix = prefix;
        this.place = place;
        this.unicode = unicode;
    }

    void update(Progress progress) {
        latest = progress;
        if (progress.stage() != stage) {
            close();
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
        return new ProgressBar(prefix + of.id(), Math.max(total, -1), INTERVAL_MILLIS, true, false, 0, Duration.ZERO,
                new BarRenderer(() -> latest, unicode), place);
    }

    /** Ends drawing; a later update begins again. */
    void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            stage = null;
            // A bar that is closed before it was ever drawn does not clear its line.
            place.clear();
        }
    }
}
