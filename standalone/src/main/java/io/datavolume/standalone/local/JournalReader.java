package io.datavolume.standalone.local;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads journals as far as they are sound. */
final class JournalReader {

    private static final int BUFFER = 1 << 16;
    /** An object, and what stands around it. */
    private static final int MAX_LINE = 2 * Json.MAX_BYTES;

    private JournalReader() {}

    /**
     * Reads whole lines from an offset on, up to the first that is not sound.
     *
     * @return offset behind the last sound line
     */
    static long read(Path journal, long offset, Consumer<Change> changes) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(journal), BUFFER)) {
            in.skipNBytes(offset);
            long sound = offset;
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0 && line.size() <= MAX_LINE; c = in.read()) {
                if (c != '\n') {
                    line.write(c);
                    continue;
                }
                Optional<Change> change = JournalLine.read(line.toByteArray());
                if (change.isEmpty()) {
                    return sound;
                }
                changes.accept(change.get());
                sound += line.size() + 1;
                line.reset();
            }
            return sound;
        }
    }
}
