package io.datavolume.storage;

import io.datavolume.api.v1beta1.StorageProfileStatus;
import java.util.Map;
import java.util.Optional;

/** What is to become of a storage class's profile. */
public sealed interface ProfilePlan {

    /**
     * How it is to be.
     *
     * @param annotations those that change; empty to remove one
     */
    record Desired(Map<String, Optional<String>> annotations, StorageProfileStatus status) implements ProfilePlan {}

    /** It stays as it is, because what an administrator wrote in it cannot be followed. */
    record Unusable(String message) implements ProfilePlan {}
}
