package io.datavolume.image.vhd;

import io.datavolume.image.SafetyCheck;

/** What is demanded of a VHD image, in the order in which it is found out. */
enum VhdCheck implements SafetyCheck {
    FOOTER("must carry a VHD footer: a dynamic image at its beginning, a fixed one behind the disk"),
    FOOTER_CHECKSUM("must have a footer whose checksum is right"),
    VERSION("must be of version 1.0"),
    IMAGE_TYPE("must be a dynamic or a fixed image, not a differencing one"),
    VIRTUAL_SIZE("must have a virtual size above 0 and of at most 2040 GiB"),
    HEADER("must have a dynamic disk header inside the file, behind the copy of the footer"),
    HEADER_CHECKSUM("must have a dynamic disk header whose checksum is right"),
    BLOCK_SIZE("must have blocks of 512 bytes to 256 MiB, a power of two"),
    TABLE_SIZE("must have a block allocation table for as many blocks as the virtual size needs"),
    TABLE("must have its block allocation table inside the file, apart from footer and header"),
    BLOCKS("must map each block to a place of its own inside the file"),
    TRAILING_FOOTER("must end with a footer that says the same as its copy");

    private final String demand;

    VhdCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
