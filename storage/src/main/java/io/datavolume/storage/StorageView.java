package io.datavolume.storage;

import io.datavolume.api.v1beta1.StorageProfile;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The storage of a cluster, as far as claims depend on it.
 *
 * @param profile the profile of the storage class of that name
 * @param volumesOf the volumes of the storage class of that name, which need not exist
 */
public record StorageView(StorageClasses classes, Function<String, Optional<StorageProfile>> profile,
        Function<String, List<PersistentVolume>> volumesOf, Overheads overheads) {}
