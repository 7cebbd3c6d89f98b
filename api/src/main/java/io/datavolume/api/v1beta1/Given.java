package io.datavolume.api.v1beta1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was given, without null for nothing. Copies that tolerate null inside, which hostile JSON may have. */
final class Given {

    private Given() {}

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }

    static Map<String, String> map(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static Map<String, Object> unknown(@Nullable Map<String, Object> fields) {
        return fields == null || fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @SafeVarargs
    static <T> List<T> present(@Nullable T... members) {
        return Stream.of(members).filter(Objects::nonNull).<T>map(Objects::requireNonNull).toList();
    }
}
