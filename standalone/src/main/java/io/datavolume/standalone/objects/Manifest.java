package io.datavolume.standalone.objects;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import java.util.Map;
import java.util.Optional;

/**
 * One object as a user wrote it, which has passed every rule that can be told from it alone.
 *
 * @param origin where it stands, for messages
 * @param tree what was written, with the namespace that is meant and without what only a cluster sets
 */
public record Manifest(String origin, Kind<?> kind, Map<String, Object> tree) {

    /** The object's name. */
    public Key key() {
        Map<?, ?> metadata = tree.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        return new Key(Optional.ofNullable(metadata.get("namespace")).map(Object::toString).orElse(""),
                String.valueOf(metadata.get("name")));
    }

    /** As messages name it: {@code datavolume.cdi.kubevirt.io/fedora}. */
    public String name() {
        return KindNames.resource(kind) + "/" + key().name();
    }
}
