package io.datavolume.importer.registry;

import io.datavolume.image.SafetyCheck;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;

/** The named safety checks of a container image that carries a disk. */
public enum ContainerCheck implements SafetyCheck {

    MANIFEST("manifests, indexes and configurations are well formed and unambiguous"),
    LAYER_TYPE("layers are tar files that the registry itself holds"),
    BOOTC("the image is a container disk, not a bootable container"),
    TAR_FORMAT("layers are well-formed tar files"),
    LAYER_LIMIT("layers keep to the limits of entries, name lengths, headers and unpacked bytes"),
    ENTRY_PATH("entries have relative paths without '..'"),
    DUPLICATE_ENTRY("a layer holds each path below /disk/ once"),
    WHITEOUT("whiteouts are empty files that name something in a lower layer"),
    DISK_FILE("one regular file, and nothing else, is visible below /disk/");

    private final String demand;

    ContainerCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }

    Violation violation(long offset, Object value, String message) {
        return new Violation(id(), offset, String.valueOf(value), message);
    }

    ImageRefusedException refuse(Object value, String message) {
        return new ImageRefusedException("container image", violation(-1, value, message));
    }
}
