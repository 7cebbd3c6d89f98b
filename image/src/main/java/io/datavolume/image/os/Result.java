package io.datavolume.image.os;

/** Answer of a native call that may be missing; real failures are exceptions. */
public enum Result {
    /** The kernel did it. */
    DONE,
    /** This system, filesystem or device cannot; the caller takes its portable way. */
    UNSUPPORTED
}
