package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Key;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One write, as the journal keeps it: all that the object is afterwards, so that reading it twice does no harm.
 *
 * @param revision of the write
 * @param after the object; empty when it is gone
 */
record Change(long revision, Ref ref, Optional<Stored> after) {

    /** @throws tools.jackson.core.JacksonException when the text is no JSON object */
    static Change of(byte[] text) {
        ObjectNode json = Json.parse(text);
        String resource = Json.text(json, "resource");
        long revision = json.path("revision").asLong(0);
        if (json.get("object") instanceof ObjectNode object) {
            Stored stored = Stored.of(resource, object);
            return new Change(revision, stored.ref(), Optional.of(stored));
        }
        Key key = new Key(Json.text(json, "namespace"), Json.text(json, "deleted"));
        return new Change(revision, new Ref(resource, key), Optional.empty());
    }
}
