package io.datavolume.image.raw;

import io.datavolume.image.SafetyCheck;

/** What is demanded of raw disks and ISO images. */
public enum RawCheck implements SafetyCheck {
    /** The disk has at least one byte, and its size in sectors can be addressed. */
    VIRTUAL_SIZE("must be above 0 and addressable"),
    /** An ISO image is one. */
    ISO_MAGIC("must have the identifier CD001 in its first volume descriptor"),
    /** The partition table makes sense; only ever a warning. */
    PARTITION_TABLE("should have checksums and a protective MBR that are right");

    private final String demand;

    RawCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
