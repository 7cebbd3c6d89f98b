package io.datavolume.image.volume;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * How a target is opened.
 *
 * @param preallocation for files
 * @param capacity largest virtual size to accept, in bytes, 0 or more; {@link Long#MAX_VALUE} for no limit
 * @param resume keep what an interrupted import left behind, instead of beginning afresh
 * @param cacheMode what may stand in the page cache
 * @param force replace an existing file
 * @param permissions of the completed file; empty leaves them to the umask
 */
public record VolumeOptions(Preallocation preallocation, long capacity, boolean resume, CacheMode cacheMode,
        boolean force, Optional<Set<PosixFilePermission>> permissions) {

    /** A fresh, sparse, unlimited target that must not exist. */
    public static final VolumeOptions DEFAULT = new VolumeOptions(Preallocation.OFF, Long.MAX_VALUE, false,
            CacheMode.AUTO, false, Optional.empty());

    public VolumeOptions {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity must not be negative: " + capacity);
        }
        permissions = permissions.map(Set::copyOf);
    }

    public VolumeOptions withPreallocation(Preallocation value) {
        return new VolumeOptions(value, capacity, resume, cacheMode, force, permissions);
    }

    public VolumeOptions withCapacity(long value) {
        return new VolumeOptions(preallocation, value, resume, cacheMode, force, permissions);
    }

    public VolumeOptions withResume(boolean value) {
        return new VolumeOptions(preallocation, capacity, value, cacheMode, force, permissions);
    }

    public VolumeOptions withCacheMode(CacheMode value) {
        return new VolumeOptions(preallocation, capacity, resume, value, force, permissions);
    }

    public VolumeOptions withForce(boolean value) {
        return new VolumeOptions(preallocation, capacity, resume, cacheMode, value, permissions);
    }

    public VolumeOptions withPermissions(Set<PosixFilePermission> value) {
        return new VolumeOptions(preallocation, capacity, resume, cacheMode, force, Optional.of(value));
    }
}
