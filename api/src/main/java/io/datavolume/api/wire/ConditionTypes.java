package io.datavolume.api.wire;

/** Types of conditions, by kind. */
public final class ConditionTypes {

    /** DataVolume, DataSource. */
    public static final String READY = "Ready";
    /** DataVolume. */
    public static final String BOUND = "Bound";
    /** DataVolume. */
    public static final String RUNNING = "Running";
    /** DataImportCron, CDI. */
    public static final String PROGRESSING = "Progressing";
    /** DataImportCron. */
    public static final String UP_TO_DATE = "UpToDate";
    /** StorageProfile. */
    public static final String RECOGNIZED = "Recognized";
    /** ObjectTransfer. */
    public static final String COMPLETE = "Complete";
    /** CDI. */
    public static final String AVAILABLE = "Available";
    /** CDI. */
    public static final String DEGRADED = "Degraded";

    private ConditionTypes() {}
}
