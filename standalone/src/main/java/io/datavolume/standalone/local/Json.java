package io.datavolume.standalone.local;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects as JSON trees and back. */
final class Json {

    /** Bytes of an object at most, as etcd has it. */
    static final int MAX_BYTES = 3 << 19;

    private static final int MAX_DEPTH = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build()).build();

    private Json() {}

    /** A tree of its own, without members that are null, as the API server keeps objects. */
    static ObjectNode tree(Object value) {
        try {
            if (MAPPER.valueToTree(value) instanceof ObjectNode tree) {
                dropNulls(tree);
                return tree;
            }
        } catch (JacksonException e) {
            throw new ClusterException.Invalid(
                    "Tried to write an object as JSON but failed: " + e.getOriginalMessage());
        }
        throw new ClusterException.Invalid("Tried to write an object as JSON but it is none");
    }

    /** As {@link #tree}, with its nulls, which in a patch mean removal. */
    static JsonNode patch(Map<String, @Nullable Object> body) {
        try {
            return MAPPER.valueToTree(body);
        } catch (JacksonException e) {
            throw new ClusterException.Invalid("Tried to write a patch as JSON but failed: " + e.getOriginalMessage());
        }
    }

    /** @throws JacksonException when the bytes are no JSON object */
    static ObjectNode parse(byte[] bytes) {
        return MAPPER.readValue(bytes, ObjectNode.class);
    }

    static byte[] bytes(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** For people who look into the state folder. */
    static byte[] indented(JsonNode tree) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
    }

    /** @throws ClusterException.Invalid when a field has a value of another type */
    static <T extends HasMetadata> T typed(Kind<T> kind, JsonNode tree) {
        try {
            return MAPPER.treeToValue(tree, kind.type());
        } catch (JacksonException e) {
            throw new ClusterException.Invalid(
                    kind + " cannot be read: " + e.getOriginalMessage() + " (" + e.getPathReference() + ")");
        }
    }

    static <T extends HasMetadata> T typed(Kind<T> kind, byte[] bytes) {
        return MAPPER.readValue(bytes, kind.type());
    }

    /** Text of a member; empty where it is missing or null. */
    static String text(JsonNode tree, String... path) {
        JsonNode at = tree;
        for (String name : path) {
            at = at.path(name);
        }
        return at.asString("");
    }

    /** The object under a name, made where it is missing. */
    static ObjectNode child(ObjectNode tree, String name) {
        return tree.get(name) instanceof ObjectNode there ? there : tree.putObject(name);
    }

    private static void dropNulls(JsonNode tree) {
        for (Iterator<JsonNode> members = tree.values().iterator(); members.hasNext();) {
            JsonNode member = members.next();
            if (member.isNull() && tree.isObject()) {
                members.remove();
            } else {
                dropNulls(member);
            }
        }
    }
}
