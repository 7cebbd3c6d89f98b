package io.datavolume.controller.datavolume;

import io.datavolume.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a plan for a DataVolume depends on beside its own objects.
 *
 * @param hasCsiDriver whether there is a CSIDriver of that name
 * @param reserved free volumes that are reserved for the DataVolume's claim
 * @param labels recommended labels
 * @param preallocation whether disks are allocated in advance where nothing is said
 * @param rendersClaims whether claims are rendered by the admission webhook where a label asks for it
 */
public record World(StorageView storage, Predicate<String> hasCsiDriver, List<PersistentVolume> reserved,
        Map<String, String> labels, boolean preallocation, boolean rendersClaims) {}
