package io.datavolume.standalone;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as options state it: {@code 60s}, {@code 5m}, {@code 1h30m}, {@code 500ms}, or plain seconds.
 *
 * @param value whole seconds, rounded up, 1 to 30 days
 */
record Seconds(int value) {

    private static final Pattern SYNTAX = Pattern
            .compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,9}");
    private static final long MAX = 30L * 24 * 3600;

    /** @throws IllegalArgumentException with a message for people when the text is no such span */
    static Seconds parse(String text) {
        String clean = text.strip();
        Matcher match = SYNTAX.matcher(PLAIN.matcher(clean).matches() ? clean + "s" : clean);
        if (clean.isEmpty() || !match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no span of time: write 60s, 5m, 1h or 1h30m");
        }
        long millis = part(match, 1) * 3_600_000 + part(match, 2) * 60_000 + part(match, 3) * 1000 + part(match, 4);
        long seconds = Math.ceilDiv(millis, 1000);
        if (seconds < 1 || seconds > MAX) {
            throw new IllegalArgumentException("'" + text + "' is out of range: 1 second to 30 days are possible");
        }
        return new Seconds((int) seconds);
    }

    private static long part(Matcher match, int group) {
        return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
    }
}
