package io.datavolume.kubernetes;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import java.util.regex.Pattern;

/**
 * Where objects are on an API server.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris">Resource URIs</a>
 */
final class Paths {

    /** What the server itself demands at least of every name; anything else could lead to another path. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._:~@-]{1,253}");

    private Paths() {}

    /** Path of one object, without a leading slash. */
    static String of(Kind<?> kind, Key key) {
        return all(kind, key.namespace()) + "/" + segment(kind, key.name());
    }

    /** Path of the objects of a kind in one namespace, or of a kind without namespaces. */
    static String all(Kind<?> kind, String namespace) {
        String group = kind.group().isEmpty() ? "api/" : "apis/";
        String in = kind.namespaced() ? "namespaces/" + segment(kind, namespace) + "/" : "";
        return group + kind.apiVersion() + "/" + in + kind.plural();
    }

    /** Refuses a key that does not name one object of this kind. */
    static void check(Kind<?> kind, Key key) {
        if (kind.namespaced()) {
            segment(kind, key.namespace());
        }
        segment(kind, key.name());
    }

    private static String segment(Kind<?> kind, String value) {
        if (!SEGMENT.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw new ClusterException.Invalid(
                    "'" + value + "' names no " + kind + " and no namespace: it is empty, longer"
                            + " than 253 characters, or has characters that no name has");
        }
        return value;
    }
}
