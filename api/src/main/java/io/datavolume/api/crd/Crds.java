package io.datavolume.api.crd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datavolume.api.cluster.Kind;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.cluster.Serialization;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The definitions of our kinds: schemas with a description of every field, rules that an API server checks by itself,
 * columns and short names.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/">Custom
 *     resource definitions</a>
 */
public final class Crds {

    private Crds() {}

    /** The definitions of all of our kinds. */
    public static List<CustomResourceDefinition> all() {
        return Kinds.OWN.stream().map(Crds::of).toList();
    }

    /**
     * The definition of one of our kinds.
     *
     * @throws IllegalArgumentException for a kind that is not ours
     */
    public static CustomResourceDefinition of(Kind<?> kind) {
        return Serialization.OF_OBJECTS.unmarshal(yaml(kind), CustomResourceDefinition.class);
    }

    /**
     * The same as it is written, for an API server or for people.
     *
     * @throws IllegalArgumentException for a kind that is not ours
     */
    public static String yaml(Kind<?> kind) {
        try (InputStream file = Crds.class.getResourceAsStream("/crd/" + kind.plural() + ".yaml")) {
            if (file == null || !Kinds.OWN.contains(kind)) {
                throw new IllegalArgumentException("no definition of " + kind + ": it is not a kind of ours");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the definition of " + kind, e);
        }
    }
}
