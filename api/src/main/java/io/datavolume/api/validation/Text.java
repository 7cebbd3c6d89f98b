package io.datavolume.api.validation;

/** Values as messages show them: bounded, and on one line. */
final class Text {

    private static final int MOST = 200;

    private Text() {}

    /** A value in quotes, cut where it is long, without control characters. */
    static String shown(Object value) {
        return '"' + plain(value.toString()) + '"';
    }

    /** The same without quotes. */
    static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST - 1) + "…";
    }
}
