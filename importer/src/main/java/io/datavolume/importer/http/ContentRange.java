package io.datavolume.importer.http;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content-Range header (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.4">RFC 9110, 14.4</a>).
 *
 * @param start first byte
 * @param end last byte, inclusive
 * @param total length of the whole, where the server knows it
 */
record ContentRange(long start, long end, OptionalLong total) {

    private static final Pattern RANGE = Pattern.compile("bytes +(\\d{1,19})-(\\d{1,19})/(\\d{1,19}|\\*)");
    private static final Pattern UNSATISFIED = Pattern.compile("bytes +\\*/(\\d{1,19})");

    static Optional<ContentRange> of(HttpHeaders headers) {
        Matcher matcher = RANGE.matcher(headers.first("Content-Range").orElse("").strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalLong start = HttpHeaders.number(matcher.group(1));
        OptionalLong end = HttpHeaders.number(matcher.group(2));
        OptionalLong total = HttpHeaders.number(matcher.group(3));
        boolean sound = start.isPresent() && end.isPresent() && start.getAsLong() <= end.getAsLong()
                && (total.isPresent() ? end.getAsLong() < total.getAsLong() : matcher.group(3).equals("*"));
        return sound ? Optional.of(new ContentRange(start.getAsLong(), end.getAsLong(), total)) : Optional.empty();
    }

    /** The length that a 416 states. */
    static OptionalLong unsatisfied(HttpHeaders headers) {
        Matcher matcher = UNSATISFIED.matcher(headers.first("Content-Range").orElse("").strip());
        return matcher.matches() ? HttpHeaders.number(matcher.group(1)) : OptionalLong.empty();
    }
}
