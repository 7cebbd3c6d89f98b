package io.datavolume.controller.datavolume;

import io.datavolume.api.cluster.Patch;
import io.datavolume.api.v1beta1.VolumeImportSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;

/** One change of the objects around a DataVolume. */
sealed interface SyncStep {

    /** Change the DataVolume's metadata. */
    record PatchDataVolume(Patch patch) implements SyncStep {}

    record PatchClaim(Patch patch) implements SyncStep {}

    record CreateSource(VolumeImportSource source) implements SyncStep {}

    record CreateClaim(PersistentVolumeClaim claim) implements SyncStep {}

    record DeleteClaim(PersistentVolumeClaim claim) implements SyncStep {}

    /** The source of a claim that is filled has served. */
    record DeleteSource() implements SyncStep {}

    /**
     * The size is to be read from the image before the claim can be made.
     *
     * @param withoutSize the claim so far
     */
    record DetectSize(PersistentVolumeClaimSpec withoutSize) implements SyncStep {}
}
