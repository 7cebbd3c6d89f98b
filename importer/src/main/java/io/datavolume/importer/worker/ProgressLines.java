package io.datavolume.importer.worker;

import io.datavolume.importer.progress.Progress;
import io.datavolume.importer.progress.ProgressListener;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Progress as JSON lines of at most 4 KiB: {@code {"stage":…,"bytesRead":…,"bytesWritten":…,"total":…,"done":…,
 * "rate":…,"percent":…,"secondsLeft":…}} at most once a second and at each change of stage; warnings as
 * {@code {"warning":…}}.
 */
public final class ProgressLines implements ProgressListener, AutoCloseable {

    private static final long INTERVAL_NANOS = 1_000_000_000L;
    /** Characters of a warning; each takes six bytes at most. */
    private static final int MAX_WARNING = 640;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;
    private Progress.@Nullable Stage lastStage;
    private long lastNanos;

    public ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void update(Progress progress) {
        long now = System.nanoTime();
        if (progress.stage() == lastStage && now - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastStage = progress.stage();
        lastNanos = now;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("stage", progress.stage().id());
        line.put("bytesRead", progress.bytesRead());
        line.put("bytesWritten", progress.bytesWritten());
        line.put("total", progress.total());
        line.put("done", progress.done());
        line.put("rate", Math.round(progress.rate()));
        line.put("percent", Math.round(progress.percent() * 100) / 100.0);
        line.put("secondsLeft", progress.secondsLeft());
        out.println(JSON.writeValueAsString(line));
        out.flush();
    }

    @Override
    public synchronized void warning(String message) {
        String text = message.length() <= MAX_WARNING ? message : message.substring(0, MAX_WARNING) + "…";
        out.println(JSON.writeValueAsString(Map.of("warning", text)));
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
