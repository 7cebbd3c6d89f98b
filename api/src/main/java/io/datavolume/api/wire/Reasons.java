package io.datavolume.api.wire;

/** Reasons of conditions and events. Several are the text of a {@link Phase} as well. */
public final class Reasons {

    // Conditions of a DataVolume.
    public static final String NOT_FOUND = "NotFound";
    public static final String BOUND = "Bound";
    public static final String PENDING = "Pending";
    public static final String CLAIM_LOST = "ClaimLost";
    public static final String TRANSFER_RUNNING = "TransferRunning";
    public static final String UNSCHEDULABLE = "Unschedulable";
    public static final String POD_RUNNING = "Pod is running";
    public static final String POPULATOR_RUNNING = "Populator is running";
    public static final String ERROR = "Error";
    public static final String COMPLETED = "Completed";
    public static final String OOM_KILLED = "OOMKilled";
    public static final String IMAGE_PULL_FAILED = "ImagePullFailed";
    public static final String CHECKSUM_ERROR = "ChecksumError";
    public static final String SCRATCH_SPACE_REQUIRED = "Scratch space required";
    public static final String CREATING_SCRATCH_SPACE = "CreatingScratchSpace";
    public static final String AWAITING_VDDK = "AwaitingVDDK";

    // Events of a DataVolume.
    public static final String IMPORT_SCHEDULED = "ImportScheduled";
    public static final String IMPORT_IN_PROGRESS = "ImportInProgress";
    public static final String IMPORT_FAILED = "ImportFailed";
    public static final String IMPORT_SUCCEEDED = "ImportSucceeded";
    public static final String IMPORT_PAUSED = "ImportPaused";
    public static final String UPLOAD_SCHEDULED = "UploadScheduled";
    public static final String UPLOAD_READY = "UploadReady";
    public static final String UPLOAD_FAILED = "UploadFailed";
    public static final String UPLOAD_SUCCEEDED = "UploadSucceeded";
    public static final String CLONE_SCHEDULED = "CloneScheduled";
    public static final String CLONE_IN_PROGRESS = "CloneInProgress";
    public static final String CLONE_FAILED = "CloneFailed";
    public static final String CLONE_SUCCEEDED = "CloneSucceeded";
    public static final String SNAPSHOT_FOR_SMART_CLONE_IN_PROGRESS = "SnapshotForSmartCloneInProgress";
    public static final String CLONE_FROM_SNAPSHOT_SOURCE_IN_PROGRESS = "CloneFromSnapshotSourceInProgress";
    public static final String CSI_CLONE_IN_PROGRESS = "CSICloneInProgress";
    public static final String PREP_CLAIM_IN_PROGRESS = "PrepClaimInProgress";
    public static final String REBIND_IN_PROGRESS = "RebindInProgress";
    public static final String CLONE_SOURCE_IN_USE = "CloneSourceInUse";
    public static final String CLONE_VALIDATION_FAILED = "CloneValidationFailed";
    public static final String CLONE_WITHOUT_SOURCE = "CloneWithoutSource";
    public static final String UNABLE_TO_CLONE = "ErrUnableToClone";
    public static final String IMPORT_PVC_NOT_READY = "ImportPVCNotReady";
    public static final String SIZE_DETECTION_POD_CREATED = "SizeDetectionPodCreated";
    public static final String SIZE_DETECTION_POD_NOT_READY = "SizeDetectionPodNotReady";
    /** Ours, beyond the peer: the size was read from the image. */
    public static final String SIZE_DETECTED = "SizeDetected";
    /** Ours, beyond the peer: the size could not be read from the image. */
    public static final String SIZE_NOT_DETECTED = "SizeNotDetected";
    /** Ours: what is asked for is not done by this release. */
    public static final String NOT_SUPPORTED = "NotSupported";
    public static final String EXTERNAL_POPULATION_SUCCEEDED = "ExternalPopulationSucceeded";
    public static final String NO_ANY_VOLUME_DATA_SOURCE = "NoAnyVolumeDataSource";
    public static final String NO_CSI_DRIVER_FOR_EXTERNAL_POPULATION = "NoCSIDriverForExternalPopulation";
    public static final String CLAIM_NOT_VALID = "ErrClaimNotValid";
    public static final String EXCEEDED_QUOTA = "ErrExceededQuota";
    public static final String RESOURCE_EXISTS = "ErrResourceExists";
    public static final String RESOURCE_MARKED_FOR_DELETION = "ErrResourceMarkedForDeletion";
    public static final String ERR_CLAIM_LOST = "ErrClaimLost";

    // Events of a claim.
    public static final String IMPORT_TARGET_IN_USE = "ImportTargetInUse";
    public static final String UPLOAD_TARGET_IN_USE = "UploadTargetInUse";
    public static final String ERR_IMPORT_FAILED = "ErrImportFailed";
    public static final String INCOMPATIBLE_PVC = "ErrIncompatiblePVC";
    public static final String STARTING_POD = "ErrStartingPod";
    public static final String CREATED_PVC_PRIME = "CreatedPVCPrimeSuccessfully";
    public static final String CREATING_PVC_PRIME = "ErrCreatingPVCPrime";
    public static final String RETAINED_PVC_PRIME = "RetainedPVCPrime";
    /** Of the populators; lower case on the wire. */
    public static final String POPULATOR_IMPORT_FAILED = "importFailed";
    /** Of the populators; lower case on the wire. */
    public static final String POPULATOR_IMPORT_SUCCEEDED = "importSucceeded";
    /** Kubernetes: a claim lost its volume to the target; never passed on from a prime claim. */
    public static final String CLAIM_MISBOUND = "ClaimMisbound";
    public static final String NO_VOLUME_SNAPSHOT_CLASS = "NoVolumeSnapshotClass";
    public static final String INCOMPATIBLE_VOLUME_MODES = "IncompatibleVolumeModes";
    public static final String NO_VOLUME_EXPANSION = "NoVolumeExpansion";
    public static final String NO_PROVISIONER_MATCH = "NoProvisionerMatch";
    public static final String INCOMPATIBLE_PROVISIONERS = "IncompatibleProvisioners";
    public static final String VOLUME_SNAPSHOT_CLASS_SELECTED = "VolumeSnapshotClassSelected";
    public static final String NO_POPULATOR = "NoPopulator";

    // StorageProfile.
    public static final String RECOGNIZED_PROVISIONER = "RecognizedProvisioner";
    public static final String UNRECOGNIZED_PROVISIONER = "UnrecognizedProvisioner";
    public static final String UNRECOGNIZED_PARAMETERS = "UnrecognizedStorageClassParameters";
    /** Ours, beyond the peer: what an administrator wrote in a profile cannot be followed. */
    public static final String INCOMPLETE_CLAIM_PROPERTY_SET = "IncompleteClaimPropertySet";

    // Others.
    public static final String RESOURCE_DOES_NOT_EXIST = "ErrResourceDoesntExist";
    public static final String DATA_SOURCE_ALREADY_MANAGED = "ErrDataSourceAlreadyManaged";

    // Of a waiting container, as Kubernetes names them.
    public static final String CRASH_LOOP_BACK_OFF = "CrashLoopBackOff";
    public static final String IMAGE_PULL_BACK_OFF = "ImagePullBackOff";
    public static final String ERR_IMAGE_PULL = "ErrImagePull";
    public static final String INVALID_IMAGE_NAME = "InvalidImageName";

    private Reasons() {}
}
