package io.datavolume.api.wire;

/** Ways to clone. */
public final class CloneStrategies {

    /** Pods copy. */
    public static final String COPY = "copy";
    /** A temporary snapshot. */
    public static final String SNAPSHOT = "snapshot";
    /** The CSI driver clones. */
    public static final String CSI_CLONE = "csi-clone";

    private CloneStrategies() {}
}
