package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

import java.util.List;

/**
 * Progress for machines, on the claim that is filled, and gone once it is. This is beyond the peer, which shows a
 * percentage only: clients must do without it.
 */
public final class ProgressAnnotations {

    private static final String PROGRESS = PREFIX + "storage.progress.";

    /** What the worker is doing: {@code connecting}, {@code transferring}, {@code syncing}, as it names it. */
    public static final String STAGE = PROGRESS + "stage";
    /** Bytes done, decimal. */
    public static final String BYTES = PROGRESS + "bytes";
    /** Bytes in all, decimal; absent while unknown. */
    public static final String TOTAL = PROGRESS + "total";
    /** Bytes per second over the last seconds, decimal; absent while unknown. */
    public static final String RATE = PROGRESS + "rate";
    /** Seconds left, decimal, estimated; absent while unknown. */
    public static final String TIME_LEFT = PROGRESS + "time-left";

    public static final List<String> ALL = List.of(STAGE, BYTES, TOTAL, RATE, TIME_LEFT);

    private ProgressAnnotations() {}
}
