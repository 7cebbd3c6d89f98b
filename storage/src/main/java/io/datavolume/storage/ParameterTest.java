package io.datavolume.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A test of one parameter of a storage class.
 *
 * @param texts what it is compared with
 * @param wanted outcome that is wanted of {@code PRESENT} and {@code SET}
 */
record ParameterTest(Operator operator, List<String> texts, boolean wanted, boolean ignoreCase) {

    private static final String IGNORE_CASE = "ignoreCase";

    enum Operator {
        IS("is"), STARTS_WITH("startsWith"), CONTAINS("contains"), LISTS("lists"), PRESENT("present"), SET("set");

        private final String word;

        Operator(String word) {
            this.word = word;
        }
    }

    /** From the table's form: a text, a list of texts, or an operator with its operand. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ParameterTest parse(JsonNode node) {
        if (!node.isObject()) {
            return new ParameterTest(Operator.IS, texts(node), true, false);
        }
        JsonNode ignoreCase = node.get(IGNORE_CASE);
        for (Operator operator : Operator.values()) {
            JsonNode operand = node.get(operator.word);
            if (operand == null) {
                continue;
            }
            if (!Set.of(operator.word, IGNORE_CASE).containsAll(node.propertyNames())) {
                break;
            }
            boolean isFlag = operator == Operator.PRESENT || operator == Operator.SET;
            return new ParameterTest(operator, isFlag ? List.of() : texts(operand), !isFlag || flag(operand),
                    ignoreCase != null && flag(ignoreCase));
        }
        throw new IllegalArgumentException(
                node + " is not a test of a parameter; the head of the table lists those that there are");
    }

    /** @param value of the parameter; null if the storage class does not have it */
    boolean holds(@Nullable String value) {
        String text = fold(value == null ? "" : value);
        return switch (operator) {
            case IS -> folded().contains(text);
            case STARTS_WITH -> folded().stream().anyMatch(text::startsWith);
            case CONTAINS -> folded().stream().anyMatch(text::contains);
            case LISTS -> List.of(text.split("\\s*[;,]\\s*", -1)).containsAll(folded());
            case PRESENT -> (value != null) == wanted;
            case SET -> !text.isEmpty() == wanted;
        };
    }

    /** Whether every test of a condition holds. */
    static boolean allHold(Map<String, ParameterTest> condition, Map<String, String> parameters) {
        return condition.entrySet().stream().allMatch(test -> test.getValue().holds(parameters.get(test.getKey())));
    }

    private List<String> folded() {
        return texts.stream().map(this::fold).toList();
    }

    private String fold(String text) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.isArray() ? node.values() : List.of(node)) {
            if (!item.isString()) {
                // YAML reads true and 1 as something else than the texts that parameters are.
                throw new IllegalArgumentException(item + " is not a text; put it between quotation marks");
            }
            texts.add(item.stringValue());
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("an empty list is compared with a parameter");
        }
        return texts;
    }

    private static boolean flag(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException(node + " is neither true nor false");
        }
        return node.booleanValue();
    }
}
