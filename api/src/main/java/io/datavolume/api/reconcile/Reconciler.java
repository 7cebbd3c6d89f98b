package io.datavolume.api.reconcile;

import io.datavolume.api.cluster.Key;
import java.util.List;

/**
 * Brings one object, named by its key, nearer to what is wanted: reads, lets a planner decide, writes. It is called
 * again whenever something changed that a {@link Trigger} names; never twice at once for one key.
 */
public interface Reconciler {

    /** Kebab-case; also the source component of its events. */
    String name();

    /** The changes that wake it. */
    List<Trigger<?>> triggers();

    /** Objects that are to be looked at once at the start, even if there is none to wake it. */
    default List<Key> atStart() {
        return List.of();
    }

    /**
     * @return when to be called again even if nothing changes
     * @throws RuntimeException to be called again with back-off; a conflict at once
     */
    Outcome reconcile(Key key);
}
