package io.datavolume.storage;

import io.datavolume.api.v1beta1.ClaimPropertySet;
import io.datavolume.api.v1beta1.StorageProfileStatus;

/** Whether claims can be made from a profile alone. */
public final class ProfileHealth {

    private ProfileHealth() {}

    /**
     * Whether a profile says everything that claims may leave out. That of a provisioner which makes no disks has nothing
     * to say, and is complete.
     */
    public static boolean isComplete(StorageProfileStatus status, StorageProfileTable table) {
        String provisioner = status.provisioner();
        if (provisioner != null && table.isUnsupported(provisioner)) {
            return true;
        }
        return !status.claimPropertySets().isEmpty()
                && status.claimPropertySets().stream().allMatch(ProfileHealth::isComplete);
    }

    /** Whether a set names both kinds of modes. */
    static boolean isComplete(ClaimPropertySet set) {
        return !set.accessModes().isEmpty() && set.volumeMode() != null && !set.volumeMode().isEmpty();
    }
}
