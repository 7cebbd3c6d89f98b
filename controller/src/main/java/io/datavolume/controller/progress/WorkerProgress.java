package io.datavolume.controller.progress;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.Messages;
import io.datavolume.api.wire.ProgressAnnotations;
import io.datavolume.importer.progress.Progress.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One progress line of a worker. What a worker prints is not trusted: a line that is too long, is not JSON, or holds
 * anything but numbers in range and a known stage is passed over.
 *
 * @param percent 0 to 100, empty while unknown
 * @param bytes bytes done
 * @param total bytes in all, empty while unknown
 * @param rate bytes per second
 * @param secondsLeft estimated, empty while unknown
 */
public record WorkerProgress(Stage stage, Optional<Double> percent, long bytes, Optional<Long> total, long rate,
        Optional<Long> secondsLeft) {

    private static final int MAX_LINE = 4096;
    /** No disk is that large; a number above it is nonsense. */
    private static final long MAX_BYTES = 1L << 60;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The last progress line of an output, if it has one. */
    public static Optional<WorkerProgress> last(String log) {
        List<String> lines = log.lines().toList().reversed();
        return lines.stream().flatMap(line -> read(line).stream()).findFirst();
    }

    /** As annotations of the claim that users see. */
    public Map<String, @Nullable String> annotations() {
        Map<String, @Nullable String> set = new LinkedHashMap<>();
        // A hundred percent means done, which the worker's exit says, not its output.
        percent.filter(p -> p < 100)
                .ifPresent(p -> set.put(Annotations.POPULATOR_PROGRESS, Messages.progress(Math.min(p, 99.99))));
        set.put(ProgressAnnotations.STAGE, stage.id());
        set.put(ProgressAnnotations.BYTES, String.valueOf(bytes));
        set.put(ProgressAnnotations.TOTAL, total.map(String::valueOf).orElse(null));
        set.put(ProgressAnnotations.RATE, rate > 0 ? String.valueOf(rate) : null);
        set.put(ProgressAnnotations.TIME_LEFT, secondsLeft.map(String::valueOf).orElse(null));
        return set;
    }

    private static Optional<WorkerProgress> read(String line) {
        if (line.length() > MAX_LINE || !line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(line);
            Optional<Stage> stage = Arrays.stream(Stage.values())
                    .filter(s -> s.id().equals(node.path("stage").asString(""))).findFirst();
            return stage.map(s -> new WorkerProgress(s,
                    Optional.of(node.path("percent").asDouble(-1)).filter(p -> p >= 0 && p <= 100),
                    number(node, "done").orElse(0L), number(node, "total"), number(node, "rate").orElse(0L),
                    number(node, "secondsLeft")));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(JsonNode node, String name) {
        return Optional.of(node.path(name).asLong(-1)).filter(n -> n >= 0 && n <= MAX_BYTES);
    }
}
