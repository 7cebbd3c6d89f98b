package io.datavolume.storage;

import io.datavolume.api.wire.Annotations;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Optional;

/** When a claim gets its volume. */
public enum BindingMode {

    /** As soon as it is there; also where nothing is said. */
    IMMEDIATE,
    /** When a pod that uses it is to be scheduled. */
    WAIT_FOR_FIRST_CONSUMER;

    private static final String WAIT = "WaitForFirstConsumer";

    /**
     * Binding mode of a claim.
     *
     * @param className as in the claim; none for the cluster's default class
     */
    public static BindingMode ofClaim(Optional<String> className, StorageClasses classes) {
        return classes.ofClaim(className).map(BindingMode::of).orElse(IMMEDIATE);
    }

    public static BindingMode of(StorageClass storageClass) {
        return WAIT.equals(storageClass.getVolumeBindingMode()) ? WAIT_FOR_FIRST_CONSUMER : IMMEDIATE;
    }

    /** Whether a claim of this mode that is to be filled waits: no pod asks for its volume, and no annotation. */
    public boolean holdsBack(PersistentVolumeClaim claim) {
        return this == WAIT_FOR_FIRST_CONSUMER && !Annotations.has(claim, Annotations.SELECTED_NODE)
                && !Annotations.has(claim, Annotations.BIND_IMMEDIATE);
    }
}
