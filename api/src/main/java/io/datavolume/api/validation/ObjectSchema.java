package io.datavolume.api.validation;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.crd.Crds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The schema of one of our kinds: which fields an object may have, and of which type. */
public final class ObjectSchema {

    private static final String METADATA = "metadata";

    private final JSONSchemaProps root;

    private ObjectSchema(JSONSchemaProps root) {
        this.root = root;
    }

    /**
     * The schema of a kind.
     *
     * @throws IllegalArgumentException for a kind that is not ours
     */
    public static ObjectSchema of(Kind<?> kind) {
        return new ObjectSchema(Crds.of(kind).getSpec().getVersions().stream()
                .filter(CustomResourceDefinitionVersion::getStorage).findFirst().orElseThrow().getSchema()
                .getOpenAPIV3Schema());
    }

    /**
     * Everything that is wrong with an object, first things first; {@code metadata} is not looked at.
     *
     * @param object as it was read: maps, lists, text, numbers, booleans
     */
    public List<Violation> check(Map<String, ?> object) {
        List<Violation> found = new ArrayList<>();
        fields(root, "", object, found);
        return List.copyOf(found);
    }

    private static void value(JSONSchemaProps schema, String path, @Nullable Object value, List<Violation> found) {
        if (value == null) {
            if (!Boolean.TRUE.equals(schema.getNullable())) {
                found.add(new Violation(path, "must be " + typeOf(schema) + ", not null"));
            }
        } else if (!fits(schema, value)) {
            found.add(new Violation(path, "must be " + typeOf(schema) + ", not " + Text.shown(value)));
        } else if (value instanceof Map<?, ?> map) {
            fields(schema, path, map, found);
        } else if (value instanceof List<?> list) {
            items(schema, path, list, found);
        } else {
            scalar(schema, path, value.toString(), found);
        }
    }

    private static void fields(JSONSchemaProps schema, String path, Map<?, ?> map, List<Violation> found) {
        Map<String, JSONSchemaProps> properties = Objects.requireNonNullElse(schema.getProperties(), Map.of());
        map.forEach((key, child) -> {
            String name = String.valueOf(key);
            String where = path.isEmpty() ? name : path + "." + name;
            JSONSchemaProps known = properties.get(name);
            if (known != null) {
                if (!(path.isEmpty() && name.equals(METADATA))) {
                    value(known, where, child, found);
                }
            } else if (schema.getAdditionalProperties() != null) {
                value(schema.getAdditionalProperties().getSchema(), where, child, found);
            } else {
                found.add(new Violation(where, "unknown field \"" + where + "\""));
            }
        });
        for (String required : schema.getRequired()) {
            if (!map.containsKey(required)) {
                found.add(new Violation(path.isEmpty() ? required : path + "." + required, "Required value"));
            }
        }
    }

    private static void items(JSONSchemaProps schema, String path, List<?> list, List<Violation> found) {
        if (schema.getMaxItems() != null && list.size() > schema.getMaxItems()) {
            found.add(new Violation(path, "must have at most " + schema.getMaxItems() + " items, not " + list.size()));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            value(schema.getItems().getSchema(), path + "[" + i + "]", list.get(i), found);
        }
    }

    private static void scalar(JSONSchemaProps schema, String path, String text, List<Violation> found) {
        List<String> allowed = schema.getEnum().stream().map(JsonNode::asString).toList();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            found.add(new Violation(path, "Unsupported value: " + Text.shown(text) + ": supported values: "
                    + allowed.stream().map(Text::shown).collect(Collectors.joining(", "))));
        } else if (schema.getPattern() != null && !Pattern.compile(schema.getPattern()).matcher(text).find()) {
            found.add(new Violation(path, Boolean.TRUE.equals(schema.getXKubernetesIntOrString())
                    ? Text.shown(text) + " is not a quantity, such as 10Gi"
                    : Text.shown(text) + " should match '" + schema.getPattern() + "'"));
        } else if (schema.getMaxLength() != null && text.length() > schema.getMaxLength()) {
            found.add(new Violation(path, "must have at most " + schema.getMaxLength() + " characters, not "
                    + text.length()));
        } else if (schema.getMinLength() != null && text.length() < schema.getMinLength()) {
            found.add(new Violation(path, "must have at least " + schema.getMinLength() + " characters"));
        }
    }

    private static boolean fits(JSONSchemaProps schema, Object value) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return value instanceof String || isWhole(value);
        }
        return switch (schema.getType()) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> isWhole(value);
            default -> value instanceof Number;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    private static String typeOf(JSONSchemaProps schema) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return "a quantity";
        }
        return switch (schema.getType()) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "string" -> "text";
            case "boolean" -> "true or false";
            default -> "a whole number";
        };
    }
}
