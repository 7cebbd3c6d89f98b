package io.datavolume.api.wire;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Annotations of DataVolumes and claims that say who owns, populates and binds; and how any annotation is read. Others
 * stand with their subject: {@link ImportAnnotations}, {@link PodAnnotations}, {@link UploadAnnotations},
 * {@link CloneAnnotations}, {@link CronAnnotations}, {@link ProfileAnnotations}, {@link ProgressAnnotations}.
 */
public final class Annotations {

    /** Of every annotation and label of this product. */
    public static final String PREFIX = "cdi.kubevirt.io/";

    /** Bind and populate at once, whatever the binding mode; present with any value. */
    public static final String BIND_IMMEDIATE = PREFIX + "storage.bind.immediate.requested";
    /** {@code "true"}: worker pods and prime claims stay when they are done. */
    public static final String RETAIN_AFTER_COMPLETION = PREFIX + "storage.pod.retainAfterCompletion";
    /** {@code "true"} or {@code "false"}: whether the populator flow is used; the user's value wins, ours is written. */
    public static final String USE_POPULATOR = PREFIX + "storage.usePopulator";
    /** Name of the claim that is populated already. */
    public static final String PRE_POPULATED = PREFIX + "storage.prePopulated";
    /** Present: look for a volume that was provisioned for this claim first. */
    public static final String CHECK_STATIC_VOLUME = PREFIX + "storage.checkStaticVolume";
    /** On a claim: name of the DataVolume that it is populated for. */
    public static final String POPULATED_FOR = PREFIX + "storage.populatedFor";
    /** {@code "true"} or {@code "false"}: whether a claim of the same name may be taken over; wins over the gate. */
    public static final String ALLOW_CLAIM_ADOPTION = PREFIX + "allowClaimAdoption";
    /** Asked of older releases; without effect. */
    public static final String DELETE_AFTER_COMPLETION = PREFIX + "storage.deleteAfterCompletion";

    /** {@link ContentTypes} of a claim. */
    public static final String CONTENT_TYPE = PREFIX + "storage.contentType";
    /** {@code "true"} or {@code "false"}: preallocation as asked for. */
    public static final String PREALLOCATION_REQUESTED = PREFIX + "storage.preallocation.requested";
    /** {@code "true"}: preallocation was really done. */
    public static final String PREALLOCATION = PREFIX + "storage.preallocation";
    /** {@code "true"}: somebody else fills the claim. */
    public static final String EXTERNAL_POPULATION = PREFIX + "externalPopulation";
    /** UID of the DataVolume that a claim was made for. */
    public static final String CREATED_FOR_DATA_VOLUME = PREFIX + "createdForDataVolume";
    /** {@code namespace/name} of an owner in another namespace. */
    public static final String OWNED_BY_DATA_VOLUME = PREFIX + "ownedByDataVolume";
    /** UID of an owner in another namespace. */
    public static final String OWNER_UID = PREFIX + "ownerUID";
    /** JSON array of the names of volumes that a static claim may be bound to. */
    public static final String PERSISTENT_VOLUME_LIST = PREFIX + "storage.persistentVolumeList";

    /** Percentage of a population, {@code N/A} or {@code NN.NN%}. */
    public static final String POPULATOR_PROGRESS = PREFIX + "storage.populator.progress";
    /** On a prime claim: kind of the population source. */
    public static final String POPULATOR_KIND = PREFIX + "storage.populator.kind";
    /** On a target claim: name of its prime claim. */
    public static final String PVC_PRIME = PREFIX + "storage.populator.pvcPrime";

    /** Kind of the object that events of an intermediate object are for. */
    public static final String EVENT_SOURCE_KIND = PREFIX + "events.source.kind";
    /** {@code namespace/name} of the object that events of an intermediate object are for. */
    public static final String EVENT_SOURCE = PREFIX + "events.source";
    /** Name of the ObjectTransfer that has marked this object. */
    public static final String OBJECT_TRANSFER_NAME = PREFIX + "objectTransferName";
    /** Present on the CDI resource: its {@code spec.config} overwrites CDIConfig's. */
    public static final String CONFIG_AUTHORITY = PREFIX + "configAuthority";
    /** SHA-1 of the customization that was applied. */
    public static final String CUSTOMIZER_IDENTIFIER = PREFIX + "customizer-identifier";

    /** Kubernetes: node that the scheduler has chosen for the first consumer of a claim. */
    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    /** Kubernetes: the CSI driver to which an in-tree volume has been migrated. */
    public static final String MIGRATED_TO = "pv.kubernetes.io/migrated-to";

    // What Go's strconv.ParseBool takes, because users' manifests were written for it.
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private Annotations() {}

    /** The value of an annotation; empty if the object has none of that name. */
    public static Optional<String> of(HasMetadata object, String key) {
        return value(object.getMetadata().getAnnotations(), key);
    }

    /** Whether an annotation is there, with whatever value. */
    public static boolean has(HasMetadata object, String key) {
        return of(object, key).isPresent();
    }

    /** Whether an annotation is exactly {@code "true"}. */
    public static boolean isTrue(HasMetadata object, String key) {
        return is(object, key, "true");
    }

    /** A user's boolean, in any of the ways in which Go writes one; empty if there is none that can be read. */
    public static Optional<Boolean> bool(HasMetadata object, String key) {
        return of(object, key).filter(value -> TRUE.contains(value) || FALSE.contains(value)).map(TRUE::contains);
    }

    /** Whether an annotation has this value. */
    public static boolean is(HasMetadata object, String key, String value) {
        return of(object, key).filter(value::equals).isPresent();
    }

    static Optional<String> value(Map<String, String> values, String key) {
        return values == null ? Optional.empty() : Optional.ofNullable(values.get(key));
    }
}
