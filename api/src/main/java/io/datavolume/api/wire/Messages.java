package io.datavolume.api.wire;

import java.util.Locale;

/** Messages of conditions and events of DataVolumes, and texts of the progress of one. */
public final class Messages {

    // Bound and Running.
    public static final String NO_PVC_FOUND = "No PVC found";
    public static final String CLAIM_LOST = "Claim Lost";
    public static final String UNSCHEDULABLE = "Importer pod cannot be scheduled";
    public static final String SCRATCH_REQUIRED = "scratch space required and none found";
    public static final String CREATING_SCRATCH_SPACE = "Creating scratch space";
    public static final String TOO_SMALL = "DataVolume too small to contain image";
    public static final String IMPORT_COMPLETE = "Import Complete";
    public static final String AWAITING_VDDK = "waiting for v2v-vmware configmap or "
            + PodAnnotations.VDDK_INIT_IMAGE_URL
            + " annotation for VDDK image";

    /** Progress before there is any, and of what has none. */
    public static final String PROGRESS_UNKNOWN = "N/A";
    /** Progress of what is done. */
    public static final String PROGRESS_DONE = "100.0%";

    public static final String NO_CSI_DRIVER = "No CSI drivers were found: External population not supported";
    public static final String NO_ANY_VOLUME_DATA_SOURCE = "AnyVolumeDataSource feature gate is not enabled: External population not supported";
    public static final String IMPORT_PVC_NOT_READY = "The source PVC is not fully imported";
    public static final String SIZE_DETECTION_POD_CREATED = "Size-detection pod created";
    public static final String SIZE_DETECTION_POD_NOT_READY = "The size detection pod is not finished yet";

    private Messages() {}

    public static String pvcBound(String claim) {
        return "PVC " + claim + " Bound";
    }

    public static String pvcPending(String claim) {
        return "PVC " + claim + " Pending";
    }

    /** What a claim waits for, in the words of its last event. */
    public static String targetPending(String claim, String why) {
        return "target PVC " + claim + " Pending and " + why;
    }

    /** The same for a claim whose prime claim waits. */
    public static String targetPending(String claim, String prime, String why) {
        return targetPending(claim, ofPrime(prime, why));
    }

    /** Ours. */
    public static String notSupported(String what) {
        return what + " is not supported yet";
    }

    /** An event of a prime claim as its target shows it. */
    public static String ofPrime(String prime, String message) {
        return "[" + prime + "] : " + message;
    }

    public static String pvcLost(String claim) {
        return "PVC " + claim + " lost";
    }

    public static String importScheduled(String claim) {
        return "Import into " + claim + " scheduled";
    }

    public static String importInProgress(String claim) {
        return "Import into " + claim + " in progress";
    }

    public static String importFailed(String claim) {
        return "Failed to import into PVC " + claim;
    }

    public static String importSucceeded(String claim) {
        return "Successfully imported into PVC " + claim;
    }

    public static String importPaused(String claim) {
        return "Multistage import into PVC " + claim + " is paused";
    }

    public static String uploadScheduled(String claim) {
        return "Upload into " + claim + " scheduled";
    }

    public static String uploadReady(String claim) {
        return "Upload into " + claim + " ready";
    }

    public static String uploadFailed(String claim) {
        return "Upload into " + claim + " failed";
    }

    public static String uploadSucceeded(String claim) {
        return "Successfully uploaded into " + claim;
    }

    public static String externallyPopulated(String claim, String dataSource) {
        return "PVC " + claim + " successfully populated by " + dataSource;
    }

    public static String resourceExists(String name) {
        return "Resource \"" + name + "\" already exists and is not managed by DataVolume";
    }

    public static String resourceMarkedForDeletion(String name) {
        return "Resource \"" + name + "\" marked for deletion";
    }

    public static String unexpectedVolume(String volume) {
        return "DataVolume bound to unexpected PV " + volume;
    }

    public static String imagePullFailed(String image) {
        return "failed to pull image: " + image;
    }

    /** Progress in percent, 0 to 100, with two decimals. */
    public static String progress(double percent) {
        return String.format(Locale.ROOT, "%.2f%%", percent);
    }
}
