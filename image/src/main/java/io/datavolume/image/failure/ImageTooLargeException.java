package io.datavolume.image.failure;

/** The virtual disk, whose size is known, does not fit the target. */
public final class ImageTooLargeException extends NeedsUserException {

    private final long virtualSize;

    /** @param virtualSize bytes of the virtual disk */
    public ImageTooLargeException(String message, long virtualSize) {
        super(Reason.TOO_LARGE, message);
        this.virtualSize = virtualSize;
    }

    /** Bytes of the virtual disk. */
    public long virtualSize() {
        return virtualSize;
    }
}
