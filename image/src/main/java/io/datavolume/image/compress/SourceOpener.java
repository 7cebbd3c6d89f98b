package io.datavolume.image.compress;

import java.io.IOException;
import java.io.InputStream;

/** Opens the source anew. */
@FunctionalInterface
public interface SourceOpener {

    /** @param offset where reading begins, in bytes from the start of the source */
    InputStream open(long offset) throws IOException;
}
