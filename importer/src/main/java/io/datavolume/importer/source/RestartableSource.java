package io.datavolume.importer.source;

import io.datavolume.image.compress.RestartPoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A source without ranges whose stages can nevertheless go on behind the beginning after a crash. */
public interface RestartableSource extends Source {

    /**
     * Where the stages inside the source would have to start again to yield its bytes from {@code offset} on; may be
     * asked from any thread, while another one reads.
     *
     * @param offset in the source's bytes, at or before what was read
     * @return always as many points, outermost first; the offset of the last one is in the source's own bytes
     */
    List<RestartPoint> restartBefore(long offset);

    /**
     * The bytes from the last point's offset on; to be called instead of {@link #stream}.
     *
     * @param points as {@link #restartBefore} gave them for the same content
     * @throws IllegalArgumentException when they cannot be of this content
     */
    InputStream restart(List<RestartPoint> points) throws IOException;

    /** How far the bytes below were read, in the terms of the first point's {@link RestartPoint#upstream()}. */
    long reached();
}
