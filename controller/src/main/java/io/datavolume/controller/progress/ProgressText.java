package io.datavolume.controller.progress;

import io.datavolume.api.wire.Annotations;
import io.datavolume.api.wire.ProgressAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Optional;

/** Progress in words, from a claim's annotations: {@code transferring: 1.2 GiB of 2.0 GiB, 150.0 MiB/s, 5 s left}. */
public final class ProgressText {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private ProgressText() {}

    /** Empty while nothing is known. */
    public static String of(HasMetadata claim) {
        Optional<String> stage = Annotations.of(claim, ProgressAnnotations.STAGE);
        if (stage.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(stage.get());
        number(claim, ProgressAnnotations.BYTES).ifPresent(done -> {
            text.append(": ").append(bytes(done));
            number(claim, ProgressAnnotations.TOTAL).ifPresent(total -> text.append(" of ").append(bytes(total)));
        });
        number(claim, ProgressAnnotations.RATE).ifPresent(rate -> text.append(", ").append(bytes(rate)).append("/s"));
        number(claim, ProgressAnnotations.TIME_LEFT)
                .ifPresent(left -> text.append(", ").append(time(left)).append(" left"));
        return text.toString();
    }

    private static Optional<Long> number(HasMetadata claim, String key) {
        return Annotations.of(claim, key).filter(n -> n.matches("\\d{1,18}")).map(Long::parseLong);
    }

    private static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    private static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
