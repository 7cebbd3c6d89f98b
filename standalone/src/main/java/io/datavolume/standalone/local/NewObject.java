package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes of what a client sends the object that is kept. */
final class NewObject {

    /** What only the cluster sets. */
    private static final List<String> OURS = List.of("uid", "creationTimestamp", "generation", "deletionTimestamp",
            "deletionGracePeriodSeconds", "selfLink", "managedFields");

    private NewObject() {}

    /**
     * The object as sent, checked; without a name where the cluster is to make one.
     *
     * @throws io.datavolume.api.cluster.ClusterException.Invalid when it breaks a rule
     */
    static <T extends HasMetadata> ObjectNode of(Kind<T> kind, T object) {
        ObjectNode tree = Json.tree(object);
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.name());
        ObjectNode metadata = Json.child(tree, "metadata");
        String name = Json.text(metadata, "name");
        if (!Json.text(metadata, "resourceVersion").isEmpty()) {
            throw Names.invalid(kind, name, "resourceVersion should not be set on objects to be created");
        }
        metadata.remove(OURS);
        Metadata.tidy(metadata);
        if (name.isEmpty()) {
            String prefix = Json.text(metadata, "generateName");
            // What is made of it will do when this does.
            Names.requireName(kind, prefix.isEmpty() ? "" : prefix + "x");
        } else {
            Names.requireName(kind, name);
        }
        Names.requireNamespace(kind, Json.text(metadata, "namespace"), name);
        if (kind.statusSubresource()) {
            tree.remove("status");
        }
        Metadata.validate(kind, tree);
        return tree;
    }

    /** Gives it what every object has. */
    static Key complete(Kind<?> kind, ObjectNode tree, Generated generated) {
        ObjectNode metadata = Json.child(tree, "metadata");
        if (Json.text(metadata, "name").isEmpty()) {
            metadata.put("name", generated.name(Json.text(metadata, "generateName")));
        }
        metadata.put("uid", generated.uid());
        metadata.put("creationTimestamp", generated.now());
        if (hasGeneration(kind)) {
            metadata.put("generation", 1);
        }
        return new Key(Json.text(metadata, "namespace"), Json.text(metadata, "name"));
    }

    /** Whether the cluster counts the changes of what is wanted: for kinds that are not its own. */
    static boolean hasGeneration(Kind<?> kind) {
        return !kind.group().isEmpty() && !kind.group().endsWith(".k8s.io");
    }
}
