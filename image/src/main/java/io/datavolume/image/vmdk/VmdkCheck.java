package io.datavolume.image.vmdk;

import io.datavolume.image.SafetyCheck;

/** What is demanded of a VMDK image, in the order in which it is found out. */
enum VmdkCheck implements SafetyCheck {
    MAGIC("must begin with KDMV or, for a flat extent inside the same file, with a text descriptor"),
    VERSION("must be of version 1, 2 or 3"),
    FLAGS("must not set incompatible flags that are unknown"),
    NEWLINE_DETECTION("must not have been changed by a transfer as text"),
    VIRTUAL_SIZE("must have a virtual size above 0 that can be addressed"),
    GRAIN_SIZE("must have a grain size that is a power of two"),
    GRAIN_TABLE_SIZE("must have 128 to 4096 entries in a grain table, a power of two"),
    GRAIN_DIRECTORY("must have its grain directory inside the file, apart from other metadata, and of bounded size"),
    COMPRESSION("must be compressed with DEFLATE and grain markers, if at all"),
    OVERHEAD("must have grains behind the header and the descriptor"),
    DESCRIPTOR_SIZE("must have a descriptor of at most 1 MiB"),
    DESCRIPTOR_LINES("must have only descriptor lines that are understood"),
    CREATE_TYPE("must be monolithicSparse, streamOptimized, or monolithicFlat inside one file"),
    PARENT("must not depend on a parent image"),
    EXTENTS("must have one extent, without a path, stored in this file"),
    GRAIN_TABLE("must have each grain table once, inside the file and apart from other metadata"),
    GRAIN("must have grains inside the file and apart from metadata"),
    MARKER("must have a chain of markers that agrees with its grain tables"),
    FOOTER("must have a footer that agrees with the header"),
    FILE_LENGTH("must not be truncated");

    private final String demand;

    VmdkCheck(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
