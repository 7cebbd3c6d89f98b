package io.datavolume.api.wire;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Objects;

/** Phases of a claim, and of a volume, as Kubernetes names them. */
public final class ClaimPhases {

    public static final String PENDING = "Pending";
    public static final String BOUND = "Bound";
    public static final String LOST = "Lost";
    /** Of a volume that nobody claims. */
    public static final String AVAILABLE = "Available";
    /** Of a volume whose claim is gone. */
    public static final String RELEASED = "Released";
    /** Of a volume that could not be deleted. */
    public static final String FAILED = "Failed";

    private ClaimPhases() {}

    /** The phase of a claim; empty before it has one. */
    public static String of(PersistentVolumeClaim claim) {
        return claim.getStatus() == null ? "" : Objects.requireNonNullElse(claim.getStatus().getPhase(), "");
    }

    public static boolean isBound(PersistentVolumeClaim claim) {
        return BOUND.equals(of(claim));
    }
}
