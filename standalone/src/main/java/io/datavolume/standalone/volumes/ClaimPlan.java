package io.datavolume.standalone.volumes;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

/** What is to be done about a claim. */
sealed interface ClaimPlan {

    /** Nothing: it has its volume. */
    record Settled() implements ClaimPlan {}

    /** It stays pending; the event says why. */
    record Wait(String reason, String message) implements ClaimPlan {}

    /** It stays pending because the user has asked for what cannot be. */
    record Refuse(String reason, String message) implements ClaimPlan {}

    /** It gets this volume, or binding to it is to be completed. */
    record Bind(PersistentVolume volume) implements ClaimPlan {}

    /** It gets a new volume. */
    record Provision(StorageClass storageClass) implements ClaimPlan {}

    /** It had a volume. */
    record Lose(String reason, String message) implements ClaimPlan {}
}
