package io.datavolume.image.compress;

import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;

/** The refusals that every stage shares, named alike. */
final class Damage {

    private Damage() {}

    static ImageRefusedException truncated(Compression kind, long offset) {
        return refused(kind, "truncated", offset, "end of input",
                "the input ends in the middle of the data; fetch the file again");
    }

    static ImageRefusedException trailingGarbage(Compression kind, long offset) {
        return refused(kind, "trailing-garbage", offset, "unknown bytes",
                "bytes that do not belong to it follow the data; remove them");
    }

    static ImageRefusedException damaged(Compression kind, long offset, String value, String message) {
        return refused(kind, "damaged", offset, value, message + "; fetch the file again");
    }

    static ImageRefusedException memoryLimit(Compression kind, long offset, long needed, long limit) {
        return refused(kind, "memory-limit", offset, Long.toUnsignedString(needed),
                "decoding needs " + Long.toUnsignedString(needed) + " bytes of memory, " + limit
                        + " are allowed; compress it with a smaller dictionary");
    }

    static ImageRefusedException refused(Compression kind, String check, long offset, String value, String message) {
        return new ImageRefusedException(kind.id() + (kind == Compression.TAR ? " archive" : " stream"),
                new Violation(check, offset, value, message));
    }
}
