package io.datavolume.controller.datavolume;

import io.datavolume.api.v1beta1.DataVolume;
import io.datavolume.api.wire.Annotations;
import io.datavolume.storage.BindingMode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/**
 * What is known of one DataVolume.
 *
 * @param claim the claim of its name
 * @param prime the prime claim of that claim
 * @param binding when the claim gets its volume
 * @param honorsFirstConsumer the feature gate HonorWaitForFirstConsumer
 * @param adoptsClaims the feature gate DataVolumeClaimAdoption
 */
record Seen(DataVolume dataVolume, Optional<PersistentVolumeClaim> claim, Optional<PersistentVolumeClaim> prime,
        BindingMode binding, boolean honorsFirstConsumer, boolean adoptsClaims) {

    /** Whether the claim, or the one in its place, is to be filled by us; it is not if it is populated already. */
    boolean requiresWork(PersistentVolumeClaim held) {
        if (Annotations.is(held, Annotations.POPULATED_FOR, dataVolume.getMetadata().getName())) {
            return false;
        }
        if (Annotations.is(held, Annotations.CREATED_FOR_DATA_VOLUME, dataVolume.getMetadata().getUid())) {
            return true;
        }
        return Annotations.has(dataVolume, Annotations.ALLOW_CLAIM_ADOPTION)
                ? !Annotations.bool(dataVolume, Annotations.ALLOW_CLAIM_ADOPTION).orElse(false)
                : !adoptsClaims;
    }

    /** Whether the claim is filled by way of a prime claim. */
    static boolean usesPopulator(PersistentVolumeClaim claim) {
        return claim.getSpec().getDataSourceRef() != null && Annotations.isTrue(claim, Annotations.USE_POPULATOR);
    }

    static boolean isDeleting(PersistentVolumeClaim claim) {
        return claim.getMetadata().getDeletionTimestamp() != null;
    }
}
