package io.datavolume.importer.registry;

/** How a layer is compressed, told from its content; the media type is not believed. */
enum LayerCompression {
    NONE, GZIP, ZSTD, XZ;

    /** Bytes that {@link #detect} looks at. */
    static final int MAGIC_LENGTH = 6;

    /** @param start first bytes of the layer; fewer than {@link #MAGIC_LENGTH} if it is shorter */
    static LayerCompression detect(byte[] start) {
        if (begins(start, 0x1f, 0x8b)) {
            return GZIP;
        } else if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)
                || start.length >= 4 && (start[0] & 0xf0) == 0x50 && begins(start, start[0] & 0xff, 0x2a, 0x4d, 0x18)) {
            return ZSTD;
        }
        return begins(start, 0xfd, '7', 'z', 'X', 'Z', 0) ? XZ : NONE;
    }

    private static boolean begins(byte[] start, int... magic) {
        if (start.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
