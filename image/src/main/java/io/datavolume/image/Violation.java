package io.datavolume.image;

/**
 * One broken safety check.
 *
 * @param check id of the check
 * @param offset where in the image file, in bytes; -1 where no single place can be named
 * @param value what was seen, short and printable
 * @param message what is wrong and, where something can be done, what
 */
public record Violation(String check, long offset, String value, String message) {

    private static final int MAX_VALUE = 160;

    public Violation {
        value = printable(value);
    }

    private static String printable(String value) {
        StringBuilder clean = new StringBuilder();
        value.codePoints().limit(MAX_VALUE).forEach(c -> clean.appendCodePoint(
                Character.isISOControl(c) || !Character.isDefined(c) || Character.getType(c) == Character.FORMAT
                        ? '?'
                        : c));
        return clean.toString();
    }

    @Override
    public String toString() {
        String place = offset < 0 ? "" : " at offset " + offset;
        return check + place + " (value " + value + "): " + message;
    }
}
