package io.datavolume.standalone.local;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of an object that is to go. */
final class Deletion {

    private Deletion() {}

    /** What remains of it for now; empty when it goes at once. */
    static Optional<ObjectNode> begin(ObjectNode object, long graceSeconds, Generated generated) {
        ObjectNode metadata = Json.child(object, "metadata");
        if (graceSeconds == 0 && metadata.path("finalizers").isEmpty()) {
            return Optional.empty();
        }
        metadata.put("deletionTimestamp", generated.inSeconds(graceSeconds));
        metadata.put("deletionGracePeriodSeconds", graceSeconds);
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        return Optional.of(object);
    }

    /** Whoever ran the object has ended it. */
    static Optional<ObjectNode> ended(ObjectNode object) {
        Json.child(object, "metadata").put("deletionGracePeriodSeconds", 0);
        return isDue(object) ? Optional.empty() : Optional.of(object);
    }

    /** Whether nothing holds back an object that was deleted. */
    static boolean isDue(ObjectNode object) {
        ObjectNode metadata = Json.child(object, "metadata");
        return metadata.hasNonNull("deletionTimestamp") && metadata.path("finalizers").isEmpty()
                && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0;
    }
}
