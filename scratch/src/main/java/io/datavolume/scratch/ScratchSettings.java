package io.datavolume.scratch;

import io.datavolume.api.wire.Installer;
import io.datavolume.storage.Overheads;
import io.datavolume.storage.StorageClasses;
import java.util.Optional;

/**
 * What scratch space depends on beside the claim that is to be filled.
 *
 * @param configured storage class that an administrator wants for it; counts if it exists
 */
public record ScratchSettings(Optional<String> configured, StorageClasses classes, Overheads overheads,
        Installer installer) {}
