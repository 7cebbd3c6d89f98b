package io.datavolume.api.reconcile;

import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Changes of one kind that wake a reconciler.
 *
 * @param keys which of the reconciler's objects a changed one concerns; asked for the object as it was and as it is
 */
public record Trigger<T extends HasMetadata>(Kind<T> kind, Function<T, Collection<Key>> keys) {

    /** The kind that is reconciled itself. */
    public static <T extends HasMetadata> Trigger<T> own(Kind<T> kind) {
        return new Trigger<>(kind, object -> List.of(Key.of(object)));
    }
}
