package io.datavolume.api.validation;

/**
 * What is wrong with an object.
 *
 * @param field where, {@code spec.source.http.url}
 * @param message what, in the words of the wire
 */
public record Violation(String field, String message) {

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
