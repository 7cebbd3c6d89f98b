package io.datavolume.image;

/** How the bytes of a mapped file range become guest bytes. */
public enum Encoding {
    /** Stored as they are; file length equals guest length. */
    PLAIN,
    /** Raw DEFLATE (RFC 1951), as in qcow2 compressed clusters; may be followed by unused bytes. */
    DEFLATE,
    /** One Zstandard frame (RFC 8878), as in qcow2 compressed clusters; may be followed by unused bytes. */
    ZSTD,
    /**
     * VMDK stream-optimized grain: 12 bytes of marker (LBA u64, size u32, little endian), then a zlib
     * stream (RFC 1950) of that size; may be followed by unused bytes.
     */
    VMDK_GRAIN,
    /** One zlib stream (RFC 1950): a VMDK grain whose marker was read before; may be followed by unused bytes. */
    ZLIB
}
