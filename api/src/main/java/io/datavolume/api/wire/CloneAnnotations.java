package io.datavolume.api.wire;

import static io.datavolume.api.wire.Annotations.PREFIX;

/** Annotations of clones: tokens, strategy in effect, progress through the phases. */
public final class CloneAnnotations {

    /** Permission for a few minutes, written at admission. */
    public static final String TOKEN = PREFIX + "storage.clone.token";
    /** Permission that lasts, bound to one object. */
    public static final String EXTENDED_TOKEN = PREFIX + "storage.extended.clone.token";
    /** {@link CloneStrategies} in effect. */
    public static final String TYPE = PREFIX + "cloneType";
    /** Why a copy by pods was chosen. */
    public static final String FALLBACK_REASON = PREFIX + "cloneFallbackReason";
    public static final String PHASE = PREFIX + "clonePhase";
    public static final String ERROR = PREFIX + "cloneError";
    /** Namespace of the VolumeCloneSource if it is another than the claim's. */
    public static final String DATA_SOURCE_NAMESPACE = PREFIX + "dataSourceNamespace";
    /** {@code "true"}: sizes are not compared. */
    public static final String PERMISSIVE = PREFIX + "permissiveClone";
    public static final String SOURCE_POD_NAME = PREFIX + "storage.sourceClonePodName";
    /** {@code namespace/name} of the target of a clone source pod. */
    public static final String OWNER_REFERENCE = PREFIX + "storage.ownerRef";

    /** {@code namespace/name} of the claim to copy. */
    public static final String REQUEST = "k8s.io/CloneRequest";
    /** {@code "true"}: the copy is complete. */
    public static final String CLONE_OF = "k8s.io/CloneOf";
    /** Of older releases. */
    public static final String SMART_CLONE_REQUEST = "k8s.io/SmartCloneRequest";
    /** Of older releases. */
    public static final String CSI_CLONE_REQUEST = PREFIX + "CSICloneRequest";
    /** Of older releases. */
    public static final String SMART_CLONE_SNAPSHOT = PREFIX + "smartCloneSnapshot";

    /** Virtual size in bytes that was read from a source; the spelling of the domain is the wire's. */
    public static final String VIRTUAL_SIZE = "cdi.Kubervirt.io/virtualSize";
    /** Capacity of the source when its virtual size was read; the spelling of the domain is the wire's. */
    public static final String SOURCE_CAPACITY = "cdi.Kubervirt.io/sourceCapacity";

    private CloneAnnotations() {}
}
