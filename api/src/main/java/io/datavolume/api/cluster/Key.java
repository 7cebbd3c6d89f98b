package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Name of an object within its kind.
 *
 * @param namespace empty for kinds without namespaces
 */
public record Key(String namespace, String name) {

    /** Key of an object that has its name. */
    public static Key of(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return new Key(namespace == null ? "" : namespace, object.getMetadata().getName());
    }

    /** Key of an object of a kind without namespaces. */
    public static Key cluster(String name) {
        return new Key("", name);
    }

    /** As people write it: {@code namespace/name}, or the name alone. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
