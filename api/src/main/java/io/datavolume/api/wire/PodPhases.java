package io.datavolume.api.wire;

/** Phases of a pod, as Kubernetes names them. */
public final class PodPhases {

    public static final String PENDING = "Pending";
    public static final String RUNNING = "Running";
    public static final String SUCCEEDED = "Succeeded";
    public static final String FAILED = "Failed";
    public static final String UNKNOWN = "Unknown";

    private PodPhases() {}

    /** Whether a pod in this phase runs no more. */
    public static boolean isDone(String phase) {
        return SUCCEEDED.equals(phase) || FAILED.equals(phase);
    }
}
