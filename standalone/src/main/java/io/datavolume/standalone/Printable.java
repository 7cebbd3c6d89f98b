package io.datavolume.standalone;

/** Text of others (images, servers, file names) made fit for a terminal: nothing in it moves the cursor. */
final class Printable {

    private static final int MAX = 4000;

    private Printable() {}

    /** One line of at most 4000 characters; what controls a terminal or hides itself becomes a question mark. */
    static String line(Object value) {
        StringBuilder clean = new StringBuilder();
        String.valueOf(value).codePoints().limit(MAX).forEach(c -> clean.appendCodePoint(shown(c) ? c : '?'));
        return clean.toString();
    }

    private static boolean shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE ->
                false;
            default -> true;
        };
    }
}
