package io.datavolume.standalone;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.Progress.Stage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/**
 * One line: stage, percent, bar, bytes, elapsed time, rate, time left. Rate and time left are those of the last
 * seconds, which the transfer knows, not an average since the start: a resumed transfer begins in the middle.
 */
final class BarRenderer extends DefaultProgressBarRenderer {

    private final Supplier<Progress> latest;

    BarRenderer(Supplier<Progress> latest, boolean unicode) {
        super(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII, "", 1, true,
                new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)), ChronoUnit.SECONDS, false,
                state -> Optional.empty());
        this.latest = latest;
    }

    @Override
    protected String percentage(ProgressState state) {
        double percent = latest.get().percent();
        // 100 only when all is done
        return percent < 0 ? "   ?" : String.format(Locale.ROOT, "%3d%%", (int) percent);
    }

    @Override
    protected String ratio(ProgressState state) {
        Progress now = latest.get();
        return now.total() > 0
                ? Amounts.bytes(now.done()) + " of " + Amounts.bytes(now.total())
                : Amounts.bytes(now.bytesRead()) + " read";
    }

    @Override
    protected String speed(ProgressState state) {
        Progress now = latest.get();
        // The other stages move no bytes: the rate would be that of the transfer before them.
        if (now.stage() != Stage.TRANSFERRING && now.stage() != Stage.INSPECTING || now.rate() < 1) {
            return "";
        }
        String rate = Amounts.rate(now.rate());
        return now.secondsLeft() < 0 ? rate : rate + ", " + Amounts.clock(now.secondsLeft()) + " left";
    }
}
