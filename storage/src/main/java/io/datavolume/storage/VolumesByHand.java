package io.datavolume.storage;

import io.datavolume.api.wire.AccessModes;
import io.datavolume.api.wire.SourceFormats;
import io.datavolume.api.wire.VolumeModes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Storage classes whose volumes somebody makes by hand: they can do what their volumes can. */
public final class VolumesByHand {

    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    // What several pods can share is preferred, then what has no filesystem, as in the table.
    private static final List<String> ACCESS_MODES = List.of(AccessModes.READ_WRITE_MANY, AccessModes.READ_WRITE_ONCE,
            AccessModes.READ_WRITE_ONCE_POD, AccessModes.READ_ONLY_MANY);
    private static final Comparator<ClaimModes> PREFERENCE = Comparator
            .comparingInt((ClaimModes modes) -> ACCESS_MODES.indexOf(modes.accessMode()))
            .thenComparing(ClaimModes::volumeMode);

    private VolumesByHand() {}

    /** Whether the provisioner of a class is none. */
    public static boolean isProvisioner(String provisioner) {
        return provisioner.equals(NO_PROVISIONER);
    }

    static StorageCapabilities capabilities(List<PersistentVolume> volumes) {
        List<ClaimModes> claims = volumes.stream().map(PersistentVolume::getSpec)
                .flatMap(spec -> spec.getAccessModes().stream().filter(ACCESS_MODES::contains)
                        .map(mode -> new ClaimModes(mode, VolumeModes.isFilesystem(spec.getVolumeMode())
                                ? VolumeModes.FILESYSTEM
                                : VolumeModes.BLOCK)))
                .distinct().sorted(PREFERENCE).toList();
        return new StorageCapabilities(NO_PROVISIONER, claims, Optional.empty(), SourceFormats.PVC, Optional.empty(),
                false, Map.of());
    }
}
