package io.datavolume.standalone.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The end of a container's output. */
final class PodLogFile {

    /** How far back whole lines are looked for. */
    private static final int WINDOW = 1 << 20;

    private PodLogFile() {}

    /**
     * The last lines, of these the first bytes, as the API server cuts them.
     *
     * @return empty where there is no such file
     */
    static Optional<String> tail(Path path, int lines, int bytes) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            byte[] window = new byte[(int) Math.min(length, WINDOW)];
            file.seek(length - window.length);
            file.readFully(window);
            int start = startOfLast(window, lines);
            int size = Math.min(window.length - start, Math.max(0, bytes));
            return Optional.of(new String(window, start, size, StandardCharsets.UTF_8));
        }
    }

    private static int startOfLast(byte[] window, int lines) {
        int missing = lines;
        for (int i = window.length - 1; i >= 0; i--) {
            if (missing == 0) {
                return i + 1;
            }
            // The end of the last line does not begin another one.
            if (i > 0 && window[i - 1] == '\n' && --missing == 0) {
                return i;
            }
        }
        return missing == 0 ? window.length : 0;
    }
}
