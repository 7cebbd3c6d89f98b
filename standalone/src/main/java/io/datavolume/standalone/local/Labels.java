package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Kind;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Labels, annotations and finalizers as Kubernetes allows them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">syntax</a>
 */
final class Labels {

    private static final int MAX_ANNOTATIONS = 256 << 10;
    private static final int MAX_PREFIX = 253;
    private static final int MAX_PART = 63;
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private Labels() {}

    static void validate(Kind<?> kind, String name, JsonNode metadata) {
        for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
            String value = string(kind, name, "metadata.labels", label);
            if (!isQualified(label.getKey())) {
                throw Names.invalid(kind, name, "metadata.labels: Invalid value: \"" + label.getKey()
                        + "\": name part must consist of at most 63 alphanumeric characters, '-', '_' or '.'");
            }
            if (!value.isEmpty() && !isPart(value)) {
                throw Names.invalid(kind, name, "metadata.labels: Invalid value: \"" + value
                        + "\": a valid label must be an empty string or consist of at most 63 alphanumeric characters, "
                        + "'-', '_' or '.'");
            }
        }
        long size = 0;
        for (Map.Entry<String, JsonNode> annotation : metadata.path("annotations").properties()) {
            size += annotation.getKey().length() + string(kind, name, "metadata.annotations", annotation).length();
            if (!isQualified(annotation.getKey())) {
                throw Names.invalid(kind, name, "metadata.annotations: Invalid value: \"" + annotation.getKey()
                        + "\": name part must consist of at most 63 alphanumeric characters, '-', '_' or '.'");
            }
        }
        if (size > MAX_ANNOTATIONS) {
            throw Names.invalid(kind, name, "metadata.annotations: Too long: may not be more than 262144 bytes");
        }
        for (JsonNode finalizer : metadata.path("finalizers")) {
            if (!isQualified(finalizer.asString(""))) {
                throw Names.invalid(kind, name, "metadata.finalizers: Invalid value: \"" + finalizer.asString("")
                        + "\": name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static String string(Kind<?> kind, String name, String field, Map.Entry<String, JsonNode> entry) {
        if (!entry.getValue().isString()) {
            throw Names.invalid(kind, name, field + "." + entry.getKey() + ": must be a string");
        }
        return entry.getValue().asString();
    }

    private static boolean isQualified(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean prefixFits = slash < 0 || (prefix.length() <= MAX_PREFIX && PREFIX.matcher(prefix).matches());
        return prefixFits && isPart(key.substring(slash + 1));
    }

    private static boolean isPart(String text) {
        return text.length() <= MAX_PART && PART.matcher(text).matches();
    }
}
