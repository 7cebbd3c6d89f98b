package io.datavolume.storage;

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
        return classes.ofClaim(className).map(StorageClass::getVolumeBindingMode).filter(WAIT::equals).isPresent()
                ? WAIT_FOR_FIRST_CONSUMER
                : IMMEDIATE;
    }
}
