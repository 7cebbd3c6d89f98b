package io.datavolume.api.wire;

import org.jspecify.annotations.Nullable;

/** Volume modes of claims and volumes. */
public final class VolumeModes {

    public static final String BLOCK = "Block";
    public static final String FILESYSTEM = "Filesystem";
    /** Not of Kubernetes: the admission webhook decides. */
    public static final String FROM_STORAGE_PROFILE = "FromStorageProfile";

    private VolumeModes() {}

    /** Whether Kubernetes has this mode. */
    public static boolean isKnown(String volumeMode) {
        return volumeMode.equals(BLOCK) || volumeMode.equals(FILESYSTEM);
    }

    /** Whether a claim or volume of this mode has a filesystem, as it does where nothing is said. */
    public static boolean isFilesystem(@Nullable String volumeMode) {
        return !BLOCK.equals(volumeMode);
    }
}
