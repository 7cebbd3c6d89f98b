package io.datavolume.storage;

import java.io.Serial;

/** A size that cannot be worked with; the message names the field, the value, and what is wrong with it. */
public final class UnusableSizeException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    UnusableSizeException(String field, String value, String wrong) {
        super(field + ": \"" + shortened(value) + "\" " + wrong);
    }

    private UnusableSizeException(String message) {
        super(message);
    }

    static UnusableSizeException tooLarge(long bytes) {
        return new UnusableSizeException("A size of " + bytes
                + " bytes with what a filesystem needs beside it is more than a volume can have, 2^63-1 bytes");
    }

    private static String shortened(String value) {
        return value.length() <= 64 ? value : value.substring(0, 64) + "…";
    }
}
