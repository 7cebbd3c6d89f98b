package io.datavolume.image.vmdk;

/** VMDK counts in sectors of 512 bytes. */
final class Sectors {

    static final int SIZE = 512;

    /** Largest count whose bytes can be addressed. */
    static final long MAX = Long.MAX_VALUE / SIZE;

    private Sectors() {}

    /** Bytes of so many sectors; {@link Long#MAX_VALUE} for more than can be addressed, so that bounds refuse it. */
    static long bytes(long sectors) {
        return sectors < 0 || sectors > MAX ? Long.MAX_VALUE : sectors * SIZE;
    }

    /** Sectors that hold so many bytes. */
    static long of(long bytes) {
        return bytes / SIZE + (bytes % SIZE == 0 ? 0 : 1);
    }
}
