package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.validation.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of the metadata of an object that is to be applied; schemas of kinds leave it to the API server. */
final class MetadataRules {

    /** What only a cluster sets: passed over, so that what {@code cdi get -o yaml} wrote can be applied. */
    static final Set<String> OF_THE_CLUSTER = Set.of("uid", "resourceVersion", "creationTimestamp", "generation",
            "managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds");

    private static final Set<String> KNOWN = Set.of("name", "namespace", "labels", "annotations", "finalizers",
            "ownerReferences", "generateName");
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NAMESPACE = Pattern.compile("(?=.{1,63}$)" + LABEL);
    private static final int MAX_NAME = 253;

    private MetadataRules() {}

    static Optional<Violation> check(Kind<?> kind, Map<?, ?> object) {
        if (!(object.get("metadata") instanceof Map<?, ?> metadata)) {
            return wrong("metadata", "Required value");
        }
        for (Object field : metadata.keySet()) {
            String name = String.valueOf(field);
            if (!KNOWN.contains(name) && !OF_THE_CLUSTER.contains(name)) {
                return wrong("metadata." + name, "unknown field \"metadata." + name + "\"");
            }
        }
        if (!(metadata.get("name") instanceof String name)) {
            return wrong("metadata.name", metadata.get("name") == null
                    ? "Required value"
                    : "must be text, not " + metadata.get("name") + ": put it between quotation marks");
        }
        // Of all kinds here; a longer one is told by the kind's own rules, too, but not before it is sent.
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            return wrong("metadata.name",
                    "\"" + name + "\" is no name: lower case letters, digits, '-' and '.', at most "
                            + MAX_NAME + " characters, with a letter or digit at both ends");
        }
        if (kind.namespaced() && metadata.get("namespace") != null
                && !(metadata.get("namespace") instanceof String space && NAMESPACE.matcher(space).matches())) {
            return wrong("metadata.namespace", "\"" + metadata.get("namespace")
                    + "\" is no namespace: lower case letters, digits and '-', at most 63 characters");
        }
        return texts(metadata, "labels").or(() -> texts(metadata, "annotations"));
    }

    private static Optional<Violation> texts(Map<?, ?> metadata, String field) {
        Object value = metadata.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return wrong("metadata." + field, "must be an object");
        }
        return map.entrySet().stream().filter(entry -> !(entry.getValue() instanceof String)).findFirst()
                .flatMap(entry -> wrong("metadata." + field + "." + entry.getKey(), "must be text, not "
                        + entry.getValue() + ": put it between quotation marks"));
    }

    private static Optional<Violation> wrong(String field, String message) {
        return Optional.of(new Violation(field, message));
    }
}
