package io.datavolume.api.wire;

/** Messages of clones; sources and targets are written {@code namespace/name}. */
public final class CloneMessages {

    public static final String CLONE_COMPLETE = "Clone Complete";
    public static final String CLONE_PENDING = "Clone Pending";
    public static final String POPULATOR_RUNNING = "Populator is running";
    public static final String NO_SNAPSHOT_CLASS = "No compatible volumesnapshotclass found";
    public static final String INCOMPATIBLE_VOLUME_MODES = "The volume modes of source and target are incompatible";
    public static final String NO_VOLUME_EXPANSION = "No volume expansion is possible";
    public static final String NO_PROVISIONER_MATCH = "The storageclass provisioner does not match the volumesnapshotcontent driver";
    public static final String INCOMPATIBLE_PROVISIONERS = "Provisioners are incompatible";
    public static final String IN_TREE = "In tree storage class does not support snapshot/clone";
    public static final String VALIDATION_FAILED = "The clone doesn't meet the validation requirements";

    private CloneMessages() {}

    public static String scheduled(String source, String target) {
        return "Cloning from " + source + " into " + target + " scheduled";
    }

    public static String inProgress(String source, String target) {
        return "Cloning from " + source + " into " + target + " in progress";
    }

    public static String failed(String source, String target) {
        return "Cloning from " + source + " into " + target + " failed";
    }

    public static String succeeded(String source, String target) {
        return "Successfully cloned from " + source + " into " + target;
    }

    public static String snapshotInProgress(String target) {
        return "Creating snapshot for smart-clone is in progress (for pvc " + target + ")";
    }

    /** @param kind of the target, {@code pvc} */
    public static String fromSnapshotInProgress(String kind, String target) {
        return "Creating PVC from snapshot source is in progress (for " + kind + " " + target + ")";
    }

    public static String csiInProgress(String target) {
        return "CSI Volume clone in progress (for pvc " + target + ")";
    }

    public static String prepInProgress(String dataVolume) {
        return "Prepping PersistentVolumeClaim for DataVolume " + dataVolume;
    }

    public static String rebindInProgress(String dataVolume) {
        return "Rebinding PersistentVolumeClaim for DataVolume " + dataVolume;
    }

    /** @param kind {@code pvc} or {@code snapshot} */
    public static String withoutSource(String kind, String name) {
        return "The source " + kind + " " + name + " doesn't exist";
    }

    public static String validationFailed(String why) {
        return VALIDATION_FAILED + ": " + why;
    }
}
