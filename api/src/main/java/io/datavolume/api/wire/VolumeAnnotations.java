package io.datavolume.api.wire;

/** Annotations of claims and volumes that Kubernetes' volume controllers and provisioners write. */
public final class VolumeAnnotations {

    /** On a claim: it was bound once; from then on a missing volume means that data is lost. */
    public static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    /** On a claim or volume: the controller chose the other side, not the user. */
    public static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    /** On a volume: the provisioner that made it, which also deletes it. */
    public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
    /** On a claim: the provisioner that is to make its volume. */
    public static final String STORAGE_PROVISIONER = "volume.kubernetes.io/storage-provisioner";

    private VolumeAnnotations() {}
}
