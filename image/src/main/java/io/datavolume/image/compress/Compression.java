package io.datavolume.image.compress;

/** What may be wrapped around an image. */
public enum Compression {
    GZIP, XZ, ZSTD, BZIP2, TAR;

    /** Name as people write it. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
