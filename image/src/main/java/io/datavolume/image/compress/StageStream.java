package io.datavolume.image.compress;

import java.io.InputStream;

/**
 * One stage of the stream between source and decoder (digest, decompressor, tar entry), read forward and able to
 * say where it could start again.
 */
public abstract class StageStream extends InputStream {

    /**
     * The latest place from which output byte {@code offset} can be reached again.
     *
     * @param offset a position in the output at or before what was read so far
     * @return a point whose {@link RestartPoint#offset()} is at most {@code offset}
     */
    public abstract RestartPoint restartBefore(long offset);
}
