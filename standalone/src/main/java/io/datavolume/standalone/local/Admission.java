package io.datavolume.standalone.local;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a cluster fills in and refuses of one kind, besides what holds for all objects. */
interface Admission {

    /**
     * Fills in what a new object lacks.
     *
     * @throws io.datavolume.api.cluster.ClusterException.Invalid when it is not valid
     */
    default void create(ObjectNode object, Defaults defaults) {}

    /**
     * Judges a change; may fill in.
     *
     * @throws io.datavolume.api.cluster.ClusterException.Invalid when the change is not allowed
     */
    default void update(ObjectNode before, ObjectNode after) {}

    /** Seconds that a deleted object lives on for whoever runs it to end it. */
    default long graceSeconds(ObjectNode object) {
        return 0;
    }

    /** What a cluster knows that an object does not. */
    interface Defaults {

        /** Name of the default storage class. */
        Optional<String> storageClass();
    }
}
