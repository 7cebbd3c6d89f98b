package io.datavolume.standalone.objects;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes of an object what a user wrote: fields of the manifest get its values, fields that an earlier manifest had
 * and this one has not are removed, and all others, which somebody else wrote, stay.
 */
final class ThreeWay {

    private ThreeWay() {}

    /**
     * A merge patch; empty if there is nothing to change.
     *
     * @param earlier the manifest that was applied last; empty if not known
     */
    static Map<String, @Nullable Object> patch(Map<?, ?> earlier, Map<?, ?> wanted, Map<?, ?> present) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        earlier.forEach((key, value) -> {
            if (!wanted.containsKey(key) && present.containsKey(key)) {
                patch.put(String.valueOf(key), null);
            }
        });
        wanted.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object there = present.get(name);
            if (value instanceof Map<?, ?> map && there instanceof Map<?, ?> old) {
                Map<String, @Nullable Object> inner = patch(
                        earlier.get(name) instanceof Map<?, ?> before ? before : Map.of(), map, old);
                if (!inner.isEmpty()) {
                    patch.put(name, inner);
                }
            } else if (value != null && !same(value, there)) {
                patch.put(name, value);
            }
        });
        return patch;
    }

    /** Quantities come back as text, whether they were written as text or as a number. */
    private static boolean same(Object value, @Nullable Object there) {
        return value.equals(there) || there instanceof String && value instanceof Number
                && value.toString().equals(there);
    }
}
