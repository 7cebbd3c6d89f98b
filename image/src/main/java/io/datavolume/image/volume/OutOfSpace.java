package io.datavolume.image.volume;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.failure.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells a full filesystem or quota from other errors of writing. */
public final class OutOfSpace {

    // strerror(3) of ENOSPC, EDQUOT and EFBIG in glibc and musl, as the JDK passes it on.
    private static final List<String> TEXTS = List.of("no space left", "disk quota exceeded", "quota exceeded",
            "file too large");

    /** Less than this free is "full" even where the system speaks another language. */
    private static final long NEARLY_FULL = 1 << 20;

    private OutOfSpace() {}

    /**
     * @param target the file as the user named it
     * @param needed bytes that were to be written
     * @return a {@link NeedsUserException} with reason NO_SPACE, or the failure itself where it is another
     */
    public static IOException classify(IOException failure, Path target, long needed) {
        if (failure instanceof TransferException known) {
            return known instanceof NeedsUserException user && user.reason() == Reason.NO_SPACE
                    ? refused(target, needed, failure)
                    : known;
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (TEXTS.stream().anyMatch(text::contains) || freeSpace(target) < Math.min(needed, NEARLY_FULL)) {
            return refused(target, needed, failure);
        }
        return failure;
    }

    private static IOException refused(Path target, long needed, IOException cause) {
        long free = freeSpace(target);
        return new NeedsUserException(Reason.NO_SPACE, "Tried to write " + needed + " bytes to " + target
                + " but its filesystem or quota does not hold them"
                + (free == Long.MAX_VALUE ? "" : " (" + free + " bytes are free)")
                + ": free space, or choose a larger target (" + cause.getMessage() + ")", cause);
    }

    /** Bytes that this user may still write beside the target; {@link Long#MAX_VALUE} where nobody knows. */
    static long freeSpace(Path target) {
        try {
            Path parent = target.toAbsolutePath().getParent();
            return Files.getFileStore(parent == null ? target : parent).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
