package io.datavolume.api.wire;

/** Messages of events of claims, and why a claim cannot be made. */
public final class ClaimMessages {

    public static final String IMPORT_SUCCESSFUL = "Import Successful";
    public static final String UPLOAD_SUCCESSFUL = "Upload Successful";
    public static final String PVC_PRIME_CREATED = "PVC Prime created successfully";
    public static final String PVC_PRIME_RETAINED = "PVC Prime retained in Lost state for debugging purposes";

    // Rendering.
    public static final String ARCHIVE_CANNOT_BE_BLOCK = "ContentType Archive cannot have block volumeMode";
    public static final String NO_ACCESS_MODE_AND_NO_CLASS = "PVC spec is missing accessMode and no storageClass to choose profile";
    public static final String SIZE_MISSING = "PVC Spec is not valid - missing storage size";
    public static final String SIZE_BELOW_MINIMUM = "PVC Spec is not valid - storage size should be at least 1MiB";

    private ClaimMessages() {}

    /** Event while neither modes are given and the profile has none. */
    public static String noModesInProfile(String storageClass) {
        return "Spec is missing accessMode and volumeMode, cannot get access mode from StorageProfile " + storageClass;
    }

    /** Error while neither modes are given and the profile has none. */
    public static String noAccessModeInProfile(String storageClass) {
        return "no accessMode specified in StorageProfile " + storageClass;
    }

    /** Event while the profile has no access mode for the given volume mode. */
    public static String noMatchInProfile(String storageClass) {
        return "Spec is missing accessMode and cannot get access mode from StorageProfile " + storageClass;
    }

    /** Error while the profile has no access mode for the given volume mode. */
    public static String noMatchingAccessMode(String storageClass) {
        return "no matching accessMode specified in StorageProfile " + storageClass;
    }

    /** Somebody uses a claim that is to be filled or cloned. */
    public static String inUse(String namespace, String pod, String claim) {
        return "pod " + namespace + "/" + pod + " using PersistentVolumeClaim " + claim;
    }

    public static String cannotStartPod(String pod) {
        return "Error starting pod '" + pod
                + "': For more information, request access to cdi-deploy logs from your sysadmin";
    }

    public static String terminatingScratch(String pod) {
        return "terminating scratch space found, deleting pod " + pod;
    }

    // Populators.

    public static String populatorImportFailed(String target) {
        return "import into " + target + " failed";
    }

    public static String populatorImportSucceeded(String target) {
        return "Successfully imported into " + target;
    }

    public static String emptyStorageClass(String claim) {
        return "PVC " + claim + " has empty storage class name";
    }

    public static String storageClassNotFound(String name) {
        return "storage class " + name + " not found";
    }

    public static String inTreeStorageClass(String claim, String provisioner) {
        return "can't use populator for PVC " + claim + " with in-tree storage class " + provisioner;
    }

    /** Ours. */
    public static String boundToOtherVolume(String claim, String volume, String filled) {
        return "PVC " + claim + " is bound to PV " + volume + ", but the disk is on PV " + filled
                + ": delete the claim, so that it is made and filled again";
    }

    public static String boundToUnexpectedClaim(String volume, String claim) {
        return "PV " + volume + " bound to unexpected claim " + claim;
    }
}
