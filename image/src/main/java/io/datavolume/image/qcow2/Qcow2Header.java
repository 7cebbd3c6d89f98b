package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;
import io.datavolume.image.VirtualSize;
import java.nio.ByteBuffer;

/**
 * The fixed part of the header, as
 * <a href="https://www.qemu.org/docs/master/interop/qcow2.html#header">the specification</a> has it. Unsigned
 * 32-bit fields are widened; 64-bit ones are negative where they pass 2<sup>63</sup>. Nothing is checked here;
 * what is derived is defined only after {@link HeaderChecks} passed.
 *
 * @param version 2 or 3
 * @param backingFileOffset place of the backing file's name, 0 for none
 * @param backingFileSize length of that name in bytes
 * @param clusterBits binary logarithm of the cluster size
 * @param size virtual size in bytes
 * @param cryptMethod 0 none, 1 AES, 2 LUKS
 * @param l1Size entries in the active L1 table
 * @param l1TableOffset place of the active L1 table
 * @param refcountTableOffset place of the reference count table
 * @param refcountTableClusters its length in clusters
 * @param snapshots internal snapshots
 * @param incompatibleFeatures bits that a reader must know
 * @param compatibleFeatures bits that a reader may ignore
 * @param autoclearFeatures bits that a writer must clear when it does not know them
 * @param refcountOrder binary logarithm of the bits of a reference count
 * @param headerLength bytes of this header
 * @param compressionType 0 zlib, 1 zstd
 */
record Qcow2Header(int version, long backingFileOffset, long backingFileSize, long clusterBits, long size,
        long cryptMethod, long l1Size, long l1TableOffset, long refcountTableOffset, long refcountTableClusters,
        long snapshots, long incompatibleFeatures, long compatibleFeatures, long autoclearFeatures,
        long refcountOrder, long headerLength, int compressionType) {

    static final int MAGIC = 0x514649fb;
    static final int LENGTH_V2 = 72;
    static final int LENGTH_V3 = 104;

    static final int VERSION_AT = 4;
    static final int BACKING_FILE_AT = 8;
    static final int CLUSTER_BITS_AT = 20;
    static final int SIZE_AT = 24;
    static final int CRYPT_METHOD_AT = 32;
    static final int L1_SIZE_AT = 36;
    static final int L1_TABLE_AT = 40;
    static final int REFCOUNT_TABLE_AT = 48;
    static final int REFCOUNT_CLUSTERS_AT = 56;
    static final int INCOMPATIBLE_AT = 72;
    static final int REFCOUNT_ORDER_AT = 96;
    static final int HEADER_LENGTH_AT = 100;
    static final int COMPRESSION_TYPE_AT = 104;

    static final long DIRTY = 1;
    static final long CORRUPT = 1 << 1;
    static final long EXTERNAL_DATA = 1 << 2;
    static final long COMPRESSION = 1 << 3;
    static final long EXTENDED_L2 = 1 << 4;

    static final int ZSTD = 1;

    /** @param area the file's first bytes, at least {@link #LENGTH_V2} or, in version 3, {@link #LENGTH_V3} */
    static Qcow2Header decode(ByteBuffer area) {
        int version = area.getInt(VERSION_AT);
        boolean v3 = version >= 3;
        long headerLength = v3 ? unsigned(area, HEADER_LENGTH_AT) : LENGTH_V2;
        boolean typed = headerLength > COMPRESSION_TYPE_AT && area.limit() > COMPRESSION_TYPE_AT;
        return new Qcow2Header(version, area.getLong(BACKING_FILE_AT), unsigned(area, 16),
                unsigned(area, CLUSTER_BITS_AT), area.getLong(SIZE_AT), unsigned(area, CRYPT_METHOD_AT),
                unsigned(area, L1_SIZE_AT), area.getLong(L1_TABLE_AT), area.getLong(REFCOUNT_TABLE_AT),
                unsigned(area, REFCOUNT_CLUSTERS_AT), unsigned(area, 60), v3 ? area.getLong(INCOMPATIBLE_AT) : 0,
                v3 ? area.getLong(80) : 0, v3 ? area.getLong(88) : 0, v3 ? unsigned(area, REFCOUNT_ORDER_AT) : 4,
                headerLength, typed ? Byte.toUnsignedInt(area.get(COMPRESSION_TYPE_AT)) : 0);
    }

    private static long unsigned(ByteBuffer area, int at) {
        return Integer.toUnsignedLong(area.getInt(at));
    }

    boolean has(long incompatibleBit) {
        return (incompatibleFeatures & incompatibleBit) != 0;
    }

    int clusterSize() {
        return 1 << clusterBits;
    }

    /** Bytes of one L2 entry. */
    int entrySize() {
        return has(EXTENDED_L2) ? 2 * Long.BYTES : Long.BYTES;
    }

    /** Guest bytes that one L2 table maps, at most 2<sup>39</sup>. */
    long bytesPerTable() {
        return (long) (clusterSize() / entrySize()) << clusterBits;
    }

    /** The disk in whole sectors: a last partial sector is kept, not cut off. */
    long virtualSize() {
        return VirtualSize.roundUpToSector(size);
    }

    /** L1 entries that the virtual size needs; further ones hold the memory of saved machines. */
    long neededTables() {
        return Math.ceilDiv(virtualSize(), bytesPerTable());
    }

    ByteRange l1Table() {
        return new ByteRange(l1TableOffset, l1Size * Long.BYTES);
    }

    /** Empty where the header names none, as images whose reference counts must be rebuilt have it. */
    ByteRange refcountTable() {
        return refcountTableClusters == 0
                ? new ByteRange(0, 0)
                : new ByteRange(refcountTableOffset, refcountTableClusters << clusterBits);
    }
}
