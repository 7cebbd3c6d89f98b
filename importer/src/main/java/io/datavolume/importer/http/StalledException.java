package io.datavolume.importer.http;

import java.io.IOException;
import java.time.Duration;

/** No byte came for too long. */
public final class StalledException extends IOException {

    StalledException(String what, Duration wait) {
        super("no " + what + " came for " + wait.toMillis() + " ms");
    }
}
