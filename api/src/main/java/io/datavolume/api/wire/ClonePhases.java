package io.datavolume.api.wire;

/** Values of {@link CloneAnnotations#PHASE}. */
public final class ClonePhases {

    public static final String PENDING = "Pending";
    public static final String CSI_CLONE = "CSIClone";
    public static final String SNAPSHOT = "Snapshot";
    public static final String SNAPSHOT_CLONE = "SnapshotClone";
    public static final String HOST_CLONE = "HostClone";
    public static final String PREP_CLAIM = "PrepClaim";
    public static final String REBIND = "Rebind";
    public static final String SUCCEEDED = "Succeeded";
    public static final String ERROR = "Error";

    private ClonePhases() {}
}
