package io.datavolume.image.compress;

/**
 * A place from which a stage can go on after a crash.
 *
 * @param upstream offset in the stage's input at which reading starts again, in bytes
 * @param offset offset in the stage's output of the first byte that it then yields
 * @param state what the stage needs besides, opaque, at most 4 KiB; empty for nothing
 */
public record RestartPoint(long upstream, long offset, byte[] state) {

    /** Where every stage can start: at the beginning. */
    public static final RestartPoint START = new RestartPoint(0, 0, new byte[0]);
}
