package io.datavolume.image.vdi;

import io.datavolume.image.SafetyCheck;

/** What is demanded of a VDI image, in the order in which it is found out. */
enum VdiCheck implements SafetyCheck {
    SIGNATURE("must carry the VDI signature"),
    VERSION("must be of version 1.1"),
    HEADER_SIZE("must have a header that ends inside its first sector"),
    IMAGE_TYPE("must be a dynamic or a fixed image, not an undo or differencing one"),
    PARENT("must not depend on a parent image"),
    SECTOR_SIZE("must have sectors of 512 bytes"),
    BLOCK_SIZE("must have blocks of 1 to 64 MiB, a power of two"),
    BLOCK_EXTRA("must not store extra data with each block"),
    VIRTUAL_SIZE("must have a virtual size above 0 that can be addressed"),
    BLOCK_COUNT("must have as many blocks as the virtual size needs, and at most that many stored"),
    LAYOUT("must hold header, block map and data one after the other, aligned to sectors"),
    BLOCK_MAP("must map each block to a stored block of its own inside the file");

    private final String demand;

    VdiCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
