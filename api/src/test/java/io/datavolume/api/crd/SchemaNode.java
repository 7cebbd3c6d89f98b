package io.datavolume.api.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.datavolume.api.cluster.Kind;
import io.datavolume.api.v1beta1.Shape;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A place in a schema, compared with the class that is read there. */
record SchemaNode(String path, JSONSchemaProps schema) {

    static SchemaNode of(Kind<?> kind) {
        return new SchemaNode(kind.name(),
                Crds.of(kind).getSpec().getVersions().getLast().getSchema().getOpenAPIV3Schema());
    }

    SchemaNode child(String name) {
        JSONSchemaProps child = schema.getProperties().get(name);
        assertNotNull(child, path + "." + name);
        return new SchemaNode(path + "." + name, child);
    }

    void assertSameFields(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            assertEquals("array", schema.getType(), path);
            new SchemaNode(path + "[]", schema.getItems().getSchema())
                    .assertSameFields(list.getActualTypeArguments()[0]);
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            assertEquals("object", schema.getType(), path);
            new SchemaNode(path + "{}", schema.getAdditionalProperties().getSchema())
                    .assertSameFields(map.getActualTypeArguments()[1]);
        } else if (type == String.class) {
            assertEquals("string", schema.getType(), path);
        } else if (type == Boolean.class) {
            assertEquals("boolean", schema.getType(), path);
        } else if (type == Integer.class || type == Long.class) {
            assertEquals("integer", schema.getType(), path);
        } else if (type == Quantity.class) {
            assertTrue(schema.getXKubernetesIntOrString(), path);
        } else if (type == ObjectMeta.class) {
            assertTrue(model(ObjectMeta.class).keySet().containsAll(schema.getProperties().keySet()), path);
        } else {
            assertSameFields((Class<?>) type);
        }
    }

    private void assertSameFields(Class<?> type) {
        assertEquals("object", schema.getType(), path);
        Map<String, Type> fields = type.isRecord() ? Shape.fields(type) : model(type);
        assertEquals(new TreeSet<>(fields.keySet()), new TreeSet<>(schema.getProperties().keySet()), path);
        fields.forEach((name, field) -> child(name).assertSameFields(field));
    }

    void assertDescribed() {
        for (String required : schema.getRequired()) {
            assertTrue(schema.getProperties().containsKey(required), path + "." + required);
        }
        schema.getProperties().forEach((name, child) -> {
            String where = path + "." + name;
            if (!name.equals("metadata") || path.contains(".")) {
                assertNotNull(child.getDescription(), where);
            }
            new SchemaNode(where, child).assertDescribed();
        });
        if (schema.getItems() != null) {
            new SchemaNode(path + "[]", schema.getItems().getSchema()).assertDescribed();
        }
    }

    /** Fields of a class of the Kubernetes model. */
    private static Map<String, Type> model(Class<?> type) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (Field field : type.getDeclaredFields()) {
            JsonProperty name = field.getAnnotation(JsonProperty.class);
            if (name != null) {
                fields.put(name.value(), field.getGenericType());
            }
        }
        return fields;
    }
}
