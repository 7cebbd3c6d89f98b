package io.datavolume.importer.http;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server says that identifies the bytes of an object
 * (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8">RFC 9110, 8.8</a>).
 *
 * @param etag strong entity tag with its quotes, if any
 * @param modified Last-Modified, if any
 */
record Validator(Optional<String> etag, Optional<String> modified) {

    static Validator of(HttpHeaders headers) {
        return new Validator(headers.first("ETag").map(String::strip).filter(Validator::isStrong),
                headers.first("Last-Modified").map(String::strip).filter(text -> !text.isEmpty()));
    }

    private static boolean isStrong(String tag) {
        return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
    }

    /** For the journal; a date alone is too coarse, so it counts together with the length only. */
    Optional<String> text(OptionalLong length) {
        return etag.map(tag -> "etag " + tag).or(() -> length.isPresent()
                ? modified.map(date -> "modified " + date + " length " + length.getAsLong())
                : Optional.empty());
    }

    /** The value of If-Range. */
    Optional<String> condition(OptionalLong length) {
        return etag.or(() -> length.isPresent() ? modified : Optional.empty());
    }

    /**
     * Whether an answer can be the same bytes. The first statement decides; what is left out does not
     * contradict, since a 206 to If-Range need not repeat everything (RFC 9110, 15.3.7).
     */
    boolean agrees(Validator answer) {
        if (etag.isPresent()) {
            return answer.etag.isEmpty() || etag.equals(answer.etag);
        }
        return modified.isEmpty() || answer.modified.isEmpty() || modified.equals(answer.modified);
    }

    /** Whether an answer states the same bytes by itself. */
    boolean isRepeatedBy(Validator answer) {
        return etag.isPresent()
                ? etag.equals(answer.etag)
                : modified.isPresent() && modified.equals(answer.modified);
    }
}
