package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Key;
import tools.jackson.databind.node.ObjectNode;

/** An object as it is kept in memory: its JSON, and what is asked for often. */
final class Stored {

    private final Ref ref;
    private final byte[] json;
    private final Metadata metadata;

    private Stored(Ref ref, byte[] json, Metadata metadata) {
        this.ref = ref;
        this.json = json;
        this.metadata = metadata;
    }

    /** @param resource the kind, as {@link Names#resource} names it */
    static Stored of(String resource, ObjectNode object) {
        Key key = new Key(Json.text(object, "metadata", "namespace"), Json.text(object, "metadata", "name"));
        return new Stored(new Ref(resource, key), Json.bytes(object), Metadata.of(object));
    }

    Ref ref() {
        return ref;
    }

    Key key() {
        return ref.key();
    }

    /** Not to be changed. */
    byte[] json() {
        return json;
    }

    ObjectNode tree() {
        return Json.parse(json);
    }

    Metadata metadata() {
        return metadata;
    }
}
