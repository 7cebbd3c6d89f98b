package io.datavolume.standalone;

import io.datavolume.standalone.objects.VolumeState;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Shows how far several DataVolumes are. */
interface VolumesView extends AutoCloseable {

    /** @param index of the DataVolume, in the order in which they were given */
    void update(int index, VolumeState state);

    @Override
    void close();

    /** What fits the place: bars for a person who watches, lines for a log. */
    static VolumesView of(PrintStream err, List<String> names) {
        return Terminal.watched()
                ? new VolumeBars(err, new Terminal()::columns, Terminal.showsUnicode(err.charset()), names)
                : new Lines(err, names, System::nanoTime);
    }

    /** The phase and what is waited for. */
    static String words(VolumeState state) {
        String phase = state.phase().text().isEmpty() ? "accepted" : state.phase().text();
        return Printable.line(state.isComplete() || state.note().isEmpty() ? phase : phase + ": " + state.note());
    }

    /** A line when something changes, but for one DataVolume at most every three seconds while only bytes move. */
    final class Lines implements VolumesView {

        private static final long INTERVAL_NANOS = 3_000_000_000L;

        private final PrintStream out;
        private final List<String> names;
        private final LongSupplier clock;
        private final Map<Integer, String> shown = new HashMap<>();
        private final Map<Integer, Long> times = new HashMap<>();

        Lines(PrintStream out, List<String> names, LongSupplier clock) {
            this.out = out;
            this.names = names;
            this.clock = clock;
        }

        @Override
        public void update(int index, VolumeState state) {
            boolean moving = state.progress().isPresent() && !state.isComplete() && state.failure().isEmpty();
            String text = moving ? LineProgress.line(state.progress().orElseThrow()) : words(state);
            Long last = times.get(index);
            boolean due = last == null || !moving || clock.getAsLong() - last >= INTERVAL_NANOS;
            if (due && !text.equals(shown.put(index, text))) {
                times.put(index, clock.getAsLong());
                out.println(names.get(index) + " " + text);
                out.flush();
            }
        }

        @Override
        public void close() {
            // lines stay
        }
    }
}
