package io.datavolume.operator;

import io.datavolume.api.cluster.Serialization;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What has to be changed of an object so that it is as wanted: a three-way merge of what was wanted last, what is wanted
 * now, and what is there. What others added, defaults of the API server among it, stays.
 */
final class Drift {

    /** What the API server decides. */
    private static final List<String> NOT_OURS = List.of("resourceVersion", "uid", "creationTimestamp", "generation",
            "managedFields", "selfLink");

    private Drift() {}

    /** What is kept of a wanted object to compare with later. */
    static String remembered(HasMetadata wanted) {
        return Serialization.OF_OBJECTS.asJson(fields(wanted));
    }

    /**
     * The body of a merge patch; empty if nothing has to be changed.
     *
     * @param last what {@link #remembered} gave when the object was last written; null if it is not known
     */
    static Map<String, @Nullable Object> between(@Nullable String last, HasMetadata wanted, HasMetadata found) {
        Map<?, ?> before = last == null ? Map.of() : Serialization.OF_OBJECTS.unmarshal(last, Map.class);
        return between(before, fields(wanted), Serialization.OF_OBJECTS.convertValue(found, Map.class));
    }

    private static Map<?, ?> fields(HasMetadata object) {
        Map<?, ?> all = Serialization.OF_OBJECTS.convertValue(object, Map.class);
        if (all.get("metadata") instanceof Map<?, ?> metadata) {
            NOT_OURS.forEach(metadata::remove);
        }
        all.remove("status");
        return all;
    }

    private static Map<String, @Nullable Object> between(Map<?, ?> last, Map<?, ?> wanted, Map<?, ?> found) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        for (Object name : last.keySet()) {
            if (!wanted.containsKey(name) && found.containsKey(name)) {
                patch.put(String.valueOf(name), null);
            }
        }
        wanted.forEach((name, value) -> {
            Object there = found.get(name);
            if (value instanceof Map<?, ?> inner) {
                Map<?, ?> innerLast = last.get(name) instanceof Map<?, ?> map ? map : Map.of();
                Map<?, ?> innerFound = there instanceof Map<?, ?> map ? map : Map.of();
                Map<String, @Nullable Object> change = between(innerLast, inner, innerFound);
                if (!change.isEmpty() || there == null && !inner.isEmpty()) {
                    patch.put(String.valueOf(name), change);
                }
            } else if (value != null && !covers(there, value)) {
                patch.put(String.valueOf(name), value);
            }
        });
        return patch;
    }

    /** Whether what is there is what is wanted, perhaps with defaults. */
    private static boolean covers(@Nullable Object there, Object wanted) {
        if (wanted instanceof Map<?, ?> map) {
            return there instanceof Map<?, ?> found && map.entrySet().stream()
                    .allMatch(entry -> entry.getValue() == null || covers(found.get(entry.getKey()), entry.getValue()))
                    || map.isEmpty() && there == null;
        }
        if (wanted instanceof List<?> list) {
            return there instanceof List<?> found && found.size() == list.size() && IntStream.range(0, list.size())
                    .allMatch(i -> covers(found.get(i), list.get(i)))
                    || list.isEmpty() && there == null;
        }
        return there != null && (there.equals(wanted) || String.valueOf(there).equals(String.valueOf(wanted)));
    }
}
