package io.datavolume.importer.registry;

/** Hostile text made fit for a message: short and printable. */
final class Text {

    private static final int MAX = 120;

    private Text() {}

    static String brief(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(MAX).forEach(c -> clean.appendCodePoint(
                Character.isISOControl(c) || !Character.isDefined(c) || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE ? '?' : c));
        return clean.length() < text.length() && text.codePointCount(0, text.length()) > MAX
                ? clean + "…"
                : clean.toString();
    }
}
