package io.datavolume.standalone.local;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Kind;
import java.util.regex.Pattern;

/**
 * Names as Kubernetes allows them. They become names of files, so nothing else may pass.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object names</a>
 */
final class Names {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    private Names() {}

    /** @throws ClusterException.Invalid for a name that is no RFC 1123 subdomain of at most 253 characters */
    static void requireName(Kind<?> kind, String name) {
        if (name.isEmpty()) {
            throw invalid(kind, name, "metadata.name: Required value: name or generateName is required");
        }
        if (name.length() > MAX_NAME) {
            throw invalid(kind, name, "metadata.name: Invalid value: \"" + name + "\": must be no more than " + MAX_NAME
                    + " characters");
        }
        if (!SUBDOMAIN.matcher(name).matches()) {
            throw invalid(kind, name, "metadata.name: Invalid value: \"" + name
                    + "\": a lowercase RFC 1123 subdomain must "
                    + "consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
                    + "alphanumeric character");
        }
    }

    /** @throws ClusterException.Invalid for a namespace that the kind cannot have */
    static void requireNamespace(Kind<?> kind, String namespace, String name) {
        if (!kind.namespaced()) {
            if (!namespace.isEmpty()) {
                throw invalid(kind, name, "metadata.namespace: Forbidden: not allowed on this type");
            }
        } else if (!isLabel(namespace)) {
            throw invalid(kind, name, "metadata.namespace: Invalid value: \"" + namespace + "\": a lowercase RFC 1123 "
                    + "label of 1 to " + MAX_LABEL + " characters is needed");
        }
    }

    /** Whether it is an RFC 1123 label: namespaces, containers, volumes of pods. */
    static boolean isLabel(String name) {
        return name.length() <= MAX_LABEL && DNS_LABEL.matcher(name).matches();
    }

    static ClusterException.Invalid invalid(Kind<?> kind, String name, String why) {
        String group = kind.group().isEmpty() ? "" : "." + kind.group();
        return new ClusterException.Invalid(kind.name() + group + " \"" + name + "\" is invalid: " + why);
    }

    /** The kind as it stands in messages and folders: {@code datavolumes.cdi.kubevirt.io}. */
    static String resource(Kind<?> kind) {
        return kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
    }
}
