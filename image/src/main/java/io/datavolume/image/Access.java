package io.datavolume.image;

import java.util.OptionalLong;

/**
 * How a layout will be fed, and what it must respect.
 *
 * @param mode the driver that will feed it
 * @param fileLength length of the image file in bytes, where known; always known for random access
 * @param capacity largest virtual size that the target holds, in bytes; {@link Long#MAX_VALUE} for none
 */
public record Access(Mode mode, OptionalLong fileLength, long capacity) {

    /** The two ways to decode an image. */
    public enum Mode {
        /** The file is seen once, from its first byte to its last. */
        FORWARD,
        /** Any range can be read at any time, in any order. */
        RANDOM
    }

    public boolean forward() {
        return mode == Mode.FORWARD;
    }
}
