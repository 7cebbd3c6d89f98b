package io.datavolume.image.vmdk;

import java.nio.ByteBuffer;

/**
 * A marker of a stream-optimized image: it begins a sector and tells what follows.
 *
 * @param value sector number in the disk of a grain; sectors of metadata that follow
 * @param size stored bytes of a grain, as an unsigned number; 0 for metadata
 * @param type what metadata follows; of no meaning for a grain
 */
record Marker(long value, long size, int type) {

    /** Bytes before a grain's data, or before the type of metadata. */
    static final int LENGTH = 12;

    static final int END_OF_STREAM = 0;
    static final int GRAIN_TABLE = 1;
    static final int GRAIN_DIRECTORY = 2;
    static final int FOOTER = 3;

    /** Written by vSphere to keep a slow export alive; holds nothing. */
    static final int PROGRESS = 4;

    /** @param bytes little endian, at least 16 bytes from {@code index} */
    static Marker read(ByteBuffer bytes, int index) {
        return new Marker(bytes.getLong(index), Integer.toUnsignedLong(bytes.getInt(index + Long.BYTES)),
                bytes.getInt(index + LENGTH));
    }
}
