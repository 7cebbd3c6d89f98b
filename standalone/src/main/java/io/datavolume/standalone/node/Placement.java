package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Key;
import java.util.List;

/** Whether a pod may come to the node. */
sealed interface Placement {

    /** It may run. */
    record Place() implements Placement {}

    /** These claims must first get their volumes, which were waiting for a pod. */
    record SelectNode(List<Key> claims) implements Placement {}

    /** Not now; the message says why, as a scheduler words it. */
    record Wait(String message) implements Placement {}
}
