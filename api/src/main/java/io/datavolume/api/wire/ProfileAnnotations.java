package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/** Annotations of storage classes, snapshot classes and storage profiles. */
public final class ProfileAnnotations {

    /** {@code "true"} on the cluster's default storage class. */
    public static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    /** {@code "true"} on the default storage class for disks of virtual machines; wins over {@link #DEFAULT_CLASS}. */
    public static final String DEFAULT_VIRT_CLASS = "storageclass.kubevirt.io/is-default-virt-class";
    /** {@code "true"} on the default snapshot class of a driver. */
    public static final String DEFAULT_SNAPSHOT_CLASS = "snapshot.storage.kubernetes.io/is-default-class";
    /** {@link CloneStrategies}, on a storage class. */
    public static final String CLONE_STRATEGY = PREFIX + "clone-strategy";

    /** Quantity, on a profile: a smaller claim is raised to it. */
    public static final String MINIMUM_SUPPORTED_PVC_SIZE = PREFIX + "minimumSupportedPvcSize";
    /** {@code "true"} on a profile: boot sources are imported ReadWriteOnce. */
    public static final String USE_READ_WRITE_ONCE_FOR_CRON = PREFIX + "useReadWriteOnceForDataImportCron";
    /** Snapshot class for boot sources, on a profile. */
    public static final String SNAPSHOT_CLASS_FOR_CRON = PREFIX + "snapshotClassForDataImportCron";

    private ProfileAnnotations() {}
}
