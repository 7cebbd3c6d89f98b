package io.datavolume.importer.registry;

import io.datavolume.image.failure.ImageRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hostile JSON, bounded. A key that stands twice is refused: two readers could see two different images in the
 * same bytes.
 */
final class Json {

    /** Largest document that is read, in bytes; what registries accept. */
    static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 32;
    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_BYTES).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {}

    /** Reads one object; {@code what} names it in the error. */
    static JsonNode object(byte[] content, String what) throws ImageRefusedException {
        JsonNode node = read(content, what);
        if (!node.isObject()) {
            throw ContainerCheck.MANIFEST.refuse(node.getNodeType(), "the " + what + " is not a JSON object");
        }
        return node;
    }

    /** Reads one array of objects; {@code what} names it in the error. */
    static List<JsonNode> array(byte[] content, String what) throws ImageRefusedException {
        return objects(MAPPER.createObjectNode().set(what, read(content, what)), what);
    }

    private static JsonNode read(byte[] content, String what) throws ImageRefusedException {
        if (content.length > MAX_BYTES) {
            throw ContainerCheck.MANIFEST.refuse(content.length, "the " + what + " is larger than " + MAX_BYTES
                    + " bytes");
        }
        try {
            return MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw ContainerCheck.MANIFEST.refuse(e.getOriginalMessage(), "the " + what + " is not valid JSON");
        }
    }

    /** Text of a field; empty if it is absent or null, refused if it is of another kind. */
    static Optional<String> text(JsonNode object, String field) throws ImageRefusedException {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw ContainerCheck.MANIFEST.refuse(value.getNodeType(), "\"" + field + "\" is not a string");
        }
        return Optional.of(value.stringValue());
    }

    /** Elements of an array of objects; none if it is absent or null. */
    static List<JsonNode> objects(JsonNode object, String field) throws ImageRefusedException {
        List<JsonNode> elements = elements(object, field);
        for (JsonNode element : elements) {
            if (!element.isObject()) {
                throw ContainerCheck.MANIFEST.refuse(element.getNodeType(), "\"" + field
                        + "\" holds something that is not an object");
            }
        }
        return elements;
    }

    /** Elements of an array of strings; none if it is absent or null. */
    static List<String> texts(JsonNode object, String field) throws ImageRefusedException {
        List<JsonNode> elements = elements(object, field);
        for (JsonNode element : elements) {
            if (!element.isString()) {
                throw ContainerCheck.MANIFEST.refuse(element.getNodeType(), "\"" + field
                        + "\" holds something that is not a string");
            }
        }
        return elements.stream().map(JsonNode::stringValue).toList();
    }

    /** Entries of a map of strings; none if it is absent or null. */
    static Map<String, String> map(JsonNode object, String field) throws ImageRefusedException {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
            map.put(entry.getKey(), text(object.path(field), entry.getKey()).orElse(""));
        }
        return map;
    }

    private static List<JsonNode> elements(JsonNode object, String field) throws ImageRefusedException {
        JsonNode array = object.path(field);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw ContainerCheck.MANIFEST.refuse(array.getNodeType(), "\"" + field + "\" is not an array");
        }
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
