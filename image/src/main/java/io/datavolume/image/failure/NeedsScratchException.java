package io.datavolume.image.failure;

/** The image cannot be decoded in one pass within the spill that was given. */
public final class NeedsScratchException extends TransferException {

    private final long bytes;

    /** @param bytes scratch space that would do, in bytes */
    public NeedsScratchException(long bytes, String message) {
        super(message, null);
        this.bytes = bytes;
    }

    public long bytes() {
        return bytes;
    }
}
