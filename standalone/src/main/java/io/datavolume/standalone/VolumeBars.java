package io.datavolume.standalone;

import io.datavolume.standalone.objects.VolumeState;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;

/** A line for each DataVolume on a terminal, rewritten in place: its bar, or what it waits for. */
final class VolumeBars implements VolumesView {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final IntSupplier columns;
    private final List<Row> rows = new ArrayList<>();
    private boolean drawn;
    private boolean closed;

    VolumeBars(PrintStream out, IntSupplier columns, boolean unicode, List<String> names) {
        this.out = out;
        this.columns = columns;
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            rows.add(new Row(name + " ".repeat(width - name.length()) + " ", unicode));
        }
    }

    @Override
    public void update(int index, VolumeState state) {
        Row row = rows.get(index);
        // A bar draws on its own thread, and asks for this lock.
        row.update(state);
        draw();
    }

    private synchronized void draw() {
        if (closed) {
            return;
        }
        StringBuilder screen = new StringBuilder();
        if (drawn) {
            screen.append("\033[").append(rows.size()).append('A');
        }
        int width = columns.getAsInt() - 1;
        for (Row row : rows) {
            String text = row.text;
            screen.append(CLEAR_LINE).append(text, 0, Math.min(text.length(), width)).append('\n');
        }
        out.print(screen);
        out.flush();
        drawn = true;
    }

    @Override
    public void close() {
        rows.forEach(row -> row.bar.close());
        draw();
        synchronized (this) {
            closed = true;
        }
    }

    /** What stands in one line. */
    private final class Row implements ProgressBarConsumer {

        private final String name;
        private final StageBar bar;
        private volatile String text;
        private volatile boolean working;

        Row(String name, boolean unicode) {
            this.name = name;
            this.bar = new StageBar(name, this, unicode);
            this.text = name;
        }

        void update(VolumeState state) {
            working = state.progress().isPresent() && !state.isComplete() && state.failure().isEmpty();
            if (working) {
                bar.update(state.progress().orElseThrow());
            } else {
                bar.close();
                text = name + VolumesView.words(state);
            }
        }

        @Override
        public int getMaxRenderedLength() {
            return columns.getAsInt() - 1;
        }

        @Override
        public void accept(String rendered) {
            if (working) {
                text = rendered;
                draw();
            }
        }

        @Override
        public void clear() {
            // the next text replaces it
        }

        @Override
        public void close() {
            // the stream belongs to the process
        }
    }
}
