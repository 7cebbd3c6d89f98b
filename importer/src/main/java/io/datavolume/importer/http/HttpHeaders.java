package io.datavolume.importer.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The headers of a response; names in any case. */
public final class HttpHeaders {

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    HttpHeaders(Iterable<Map.Entry<String, String>> entries) {
        for (Map.Entry<String, String> entry : entries) {
            values.computeIfAbsent(entry.getKey(), name -> new ArrayList<>()).add(entry.getValue());
        }
    }

    /** First value of a header. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(values.get(name)).map(List::getFirst);
    }

    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** Content-Length, where it is stated and a number; bytes. */
    public OptionalLong contentLength() {
        return number(first("Content-Length").orElse(""));
    }

    /** A number of digits only, as HTTP writes lengths and offsets; empty for anything else and above 2^63 - 1. */
    static OptionalLong number(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 19 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
