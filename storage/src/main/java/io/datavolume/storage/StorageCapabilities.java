package io.datavolume.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the volumes of a storage class can do and how they are best used, as the table knows it.
 *
 * @param key the provisioner, or the provisioner, a slash and the variant
 * @param claims ways to claim a volume, the preferred one first; empty if nobody knows
 * @param cloneStrategy the advised one, if there is advice
 * @param sourceFormat how boot sources are best kept, where the class has snapshots
 * @param minimumSize quantity that a smaller claim is raised to
 * @param readWriteOnceForCron whether boot sources are imported ReadWriteOnce
 * @param cronSnapshotParameters parameters of the snapshot class for boot sources; empty if there is no special one
 */
public record StorageCapabilities(String key, List<ClaimModes> claims, Optional<String> cloneStrategy,
        String sourceFormat, Optional<String> minimumSize, boolean readWriteOnceForCron,
        Map<String, String> cronSnapshotParameters) {

    public StorageCapabilities {
        claims = List.copyOf(claims);
        cronSnapshotParameters = Map.copyOf(cronSnapshotParameters);
    }
}
