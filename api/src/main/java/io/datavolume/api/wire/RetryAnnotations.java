package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/**
 * Annotations, beyond the peer, of an import that failed for a reason that only the user can mend. All but
 * {@link #REQUESTED} are on claims and written by the controller.
 */
public final class RetryAnnotations {

    private static final String RETRY = PREFIX + "storage.import.retry.";

    /** Tries that have failed, decimal. */
    public static final String ATTEMPTS = RETRY + "attempts";
    /** RFC 3339 time of the next try; absent when there will be none by itself. */
    public static final String NEXT = RETRY + "next";
    /** Fingerprint of what the last try stood on; also on its pod. */
    public static final String BASIS = RETRY + "basis";
    /** UID of the last pod that failed. */
    public static final String POD = RETRY + "pod";
    /** On a DataVolume: any new value asks for a try at once. */
    public static final String REQUESTED = RETRY + "requested";
    /** Scratch space in bytes that the worker asked for, decimal. */
    public static final String SCRATCH_BYTES = PREFIX + "storage.import.scratchBytes";

    private RetryAnnotations() {}
}
