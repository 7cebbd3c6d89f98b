package io.datavolume.image.vhdx;

import io.datavolume.image.SafetyCheck;

/** What is demanded of a VHDX image, in the order in which it is found out. */
enum VhdxCheck implements SafetyCheck {
    SIGNATURE("must carry the VHDX file identifier"),
    HEADER("must have a header with the right checksum, and not two that contradict each other"),
    VERSION("must be of version 1 with a log of version 0"),
    LOG("must have a log that is empty or can be replayed"),
    LOG_TOUCHES_DATA("must have a log that changes region tables, metadata and block allocation table only"),
    REGION_TABLE("must have a region table with the right checksum and at most 2047 entries"),
    REGIONS("must name one block allocation table and one metadata region, and no other that is required"),
    OVERLAP("must keep header, log and regions apart, each at whole megabytes"),
    METADATA("must have all known metadata items once, inside their region, and no other that is required"),
    PARENT("must not depend on a parent image"),
    BLOCK_SIZE("must have blocks of 1 to 256 MiB, a power of two"),
    SECTOR_SIZE("must have sectors of 512 or 4096 bytes"),
    VIRTUAL_SIZE("must have a virtual size of whole sectors above 0 and of at most 64 TiB"),
    TABLE_SIZE("must have a block allocation table for as many blocks as the virtual size needs"),
    BLOCKS("must map each block to a place of its own inside the file");

    private final String demand;

    VhdxCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
