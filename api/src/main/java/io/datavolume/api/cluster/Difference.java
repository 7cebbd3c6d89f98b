package io.datavolume.api.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a merge patch has to say to make one value of another. */
final class Difference {

    private Difference() {}

    /** Fields to set, and, with null, to remove; empty if both are written alike. */
    static Map<String, @Nullable Object> between(@Nullable Object before, Object after) {
        return between(before == null ? Map.of() : fields(before), fields(after));
    }

    private static Map<String, @Nullable Object> between(Map<?, ?> before, Map<?, ?> after) {
        Map<String, @Nullable Object> difference = new LinkedHashMap<>();
        for (Object name : before.keySet()) {
            if (!after.containsKey(name)) {
                difference.put(String.valueOf(name), null);
            }
        }
        after.forEach((name, value) -> {
            Object old = before.get(name);
            if (old instanceof Map<?, ?> oldFields && value instanceof Map<?, ?> fields) {
                Map<String, @Nullable Object> inner = between(oldFields, fields);
                if (!inner.isEmpty()) {
                    difference.put(String.valueOf(name), inner);
                }
            } else if (value != null && !value.equals(old)) {
                difference.put(String.valueOf(name), value);
            }
        });
        return difference;
    }

    private static Map<?, ?> fields(Object value) {
        return Serialization.OF_OBJECTS.convertValue(value, Map.class);
    }
}
