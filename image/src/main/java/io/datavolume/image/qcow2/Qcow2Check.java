package io.datavolume.image.qcow2;

import io.datavolume.image.SafetyCheck;

/** What is demanded of a qcow2 image, in the order in which it is found out. */
enum Qcow2Check implements SafetyCheck {
    MAGIC("must begin with QFI\\xfb"),
    VERSION("must be of version 2 or 3"),
    HEADER_LENGTH("must hold a complete header inside its first cluster"),
    CLUSTER_BITS("must have clusters of 512 bytes to 2 MiB"),
    BACKING_FILE("must not name a backing file"),
    DATA_FILE("must hold its data itself, not in an external data file"),
    CORRUPT("must not be marked as corrupt"),
    INCOMPATIBLE_FEATURES("must not demand features that are unknown"),
    ENCRYPTION("must not be encrypted"),
    COMPRESSION_TYPE("must be compressed with zlib or zstd, if at all"),
    HEADER_EXTENSIONS("must have header extensions that end inside the first cluster"),
    REFCOUNT_ORDER("must have reference counts of at most 64 bits"),
    REFCOUNT_TABLE("must have a sane reference count table"),
    VIRTUAL_SIZE("must have a virtual size above 0 that can be addressed"),
    L1_SIZE("must have an L1 table that fits the virtual size"),
    L1_TABLE("must have its L1 table inside the file and apart from other metadata"),
    L1_ENTRY("must name each L2 table once, inside the file and apart from other metadata"),
    L2_TABLE("must hold every L2 table completely"),
    L2_ENTRY("must not set reserved bits in L2 entries"),
    SUBCLUSTERS("must have consistent subcluster bitmaps"),
    DATA_CLUSTER("must have data clusters inside the file and apart from metadata"),
    COMPRESSED_CLUSTER("must have compressed clusters inside the file and apart from metadata");

    private final String demand;

    Qcow2Check(String demand) {
        this.demand = demand;
    }

    @Override
    public String demand() {
        return demand;
    }
}
