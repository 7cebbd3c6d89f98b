package io.datavolume.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What fields the classes of this package have on the wire, by reflection. */
public final class Shape {

    private Shape() {}

    /** JSON name to Java type of a record's components, without the one for unknown fields. */
    public static Map<String, Type> fields(Class<?> type) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getName().equals("unknown")) {
                JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
                fields.put(name == null ? component.getName() : name.value(), component.getGenericType());
            }
        }
        return fields;
    }

    /** Class of {@code spec} (0) or {@code status} (1) of a kind. */
    public static Class<?> part(Class<?> kind, int index) {
        Type parent = kind.getGenericSuperclass();
        if (parent instanceof ParameterizedType parameters && CustomResource.class.isAssignableFrom(kind)) {
            return (Class<?>) parameters.getActualTypeArguments()[index];
        }
        throw new IllegalArgumentException(kind + " is not one of our kinds");
    }

    /** JSON in which every field is given, and an unknown one in every record. */
    public static Map<String, Object> full(Class<?> type) {
        Map<String, Object> json = new LinkedHashMap<>();
        fields(type).forEach((name, field) -> json.put(name, value(field)));
        json.put("addedLater", Map.of("list", List.of(1, "two", true), "of", type.getSimpleName()));
        return json;
    }

    private static Object value(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return List.of(value(list.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return Map.of("key", "value");
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Boolean.class) {
            return false;
        }
        if (type == Integer.class) {
            return 7;
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return full(record);
        }
        // A class of the Kubernetes model: it keeps unknown fields itself.
        return Map.of("addedLater", "text");
    }
}
