package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/** Finalizers, by what is to be cleaned up first. */
public final class Finalizers {

    /** On a DataVolume that clones from another namespace. */
    public static final String DATA_VOLUME = PREFIX + "dataVolumeFinalizer";
    /** On a claim that pods copy into. */
    public static final String CLONE_SOURCE = PREFIX + "cloneSource";
    /** On a claim that the clone populator fills. */
    public static final String CLONE_POPULATOR = PREFIX + "clonePopulator";
    /** On a claim that is filled from an image stream. */
    public static final String IMPORT_IMAGE_STREAM = PREFIX + "importImageStream";
    /** On an ObjectTransfer. */
    public static final String OBJECT_TRANSFER = PREFIX + "objectTransfer";
    /** Kubernetes: on a claim, while pods use it. */
    public static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
    /** Kubernetes: on a volume, while it is bound. */
    public static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";
    /** On the CDI resource. */
    public static final String OPERATOR = "operator.cdi.kubevirt.io";

    private Finalizers() {}
}
