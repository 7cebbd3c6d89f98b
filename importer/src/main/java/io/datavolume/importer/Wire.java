package io.datavolume.importer;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders and results as JSON between a controller and its workers, which may be of different versions. In both what is
 * missing is at its default. A result may hold more than its reader knows. An order may not: who passed over a
 * condition of an order would do something else than was ordered.
 */
public final class Wire {

    /** What Kubernetes keeps of a termination message, in bytes. */
    public static final int MAX_RESULT = 4096;

    private static final JsonMapper PLAIN = JsonMapper.builder().build();
    private static final JsonMapper RESULTS = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final JsonMapper ORDERS = RESULTS.rebuild()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TransferResult NOTHING = TransferResult.unexpected("");

    private Wire() {}

    public static String json(TransferSpec spec) {
        return ORDERS.writeValueAsString(spec);
    }

    /**
     * @throws NeedsUserException with reason USAGE, naming the field, when the text is no JSON, a field is unknown or
     *         of another type, or the source's location or an import's path is missing
     */
    public static TransferSpec spec(String json) throws NeedsUserException {
        TransferSpec spec;
        try {
            spec = ORDERS.treeToValue(merged(PLAIN.valueToTree(TransferSpec.of("", "")), ORDERS.readTree(json)),
                    TransferSpec.class);
        } catch (JacksonException e) {
            throw new NeedsUserException(Reason.USAGE, place(e) + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new NeedsUserException(Reason.USAGE, String.valueOf(e.getMessage()), e);
        }
        if (spec.source().location().isEmpty()) {
            throw new NeedsUserException(Reason.USAGE, "source.location is missing");
        }
        if (spec.action() == TransferSpec.Action.IMPORT && spec.target().path().isEmpty()) {
            throw new NeedsUserException(Reason.USAGE, "target.path is missing");
        }
        return spec;
    }

    /** Names of the fields that lead to what is wrong. */
    private static String place(JacksonException failure) {
        String names = failure.getPath().stream().map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull).collect(Collectors.joining("."));
        return names.isEmpty() ? "" : names + ": ";
    }

    /** A result that fits into a termination message: where it is too long, labels go first, then the message's end. */
    public static String json(TransferResult result) {
        String json = RESULTS.writeValueAsString(result);
        for (int keep = 2048; bytes(json) > MAX_RESULT && keep >= 0; keep -= 256) {
            json = RESULTS.writeValueAsString(shortened(result, keep));
        }
        return json;
    }

    /** @throws IllegalArgumentException when the text is no result */
    public static TransferResult result(String json) {
        try {
            return RESULTS.treeToValue(merged(PLAIN.valueToTree(NOTHING), RESULTS.readTree(json)),
                    TransferResult.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not the result of a transfer: " + e.getOriginalMessage(), e);
        }
    }

    /** The defaults with what is given; objects are merged field by field. */
    private static ObjectNode merged(ObjectNode defaults, JsonNode given) {
        if (!given.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            JsonNode present = defaults.get(field.getKey());
            defaults.set(field.getKey(), present instanceof ObjectNode object && field.getValue().isObject()
                    ? merged(object, field.getValue())
                    : field.getValue());
        }
        return defaults;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static TransferResult shortened(TransferResult r, int keep) {
        String message = r.message().codePointCount(0, r.message().length()) <= keep
                ? r.message()
                : r.message().substring(0, r.message().offsetByCodePoints(0, keep)) + "…";
        return new TransferResult(r.outcome(), message, r.reason(), r.format(), r.compressions(), r.virtualSize(),
                r.bytesRead(), r.bytesReadTwice(), r.bytesWritten(), r.seconds(), r.preallocationApplied(),
                r.scratchBytes(), keep > 1024 ? r.labels() : Map.of(), keep > 0 ? r.digest() : Optional.empty(),
                r.checksum(), r.architecture());
    }
}
