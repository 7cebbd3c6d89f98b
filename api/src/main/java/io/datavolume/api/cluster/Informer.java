package io.datavolume.api.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * All objects of one kind as they were a moment ago, kept up to date, and told about. One per kind and process; it is
 * complete when {@link Cluster#informer} returns it. Objects are shared: they must not be changed. What is of no use to
 * their readers may be left out: who manages which field; events that are not about claims, and of others who tells
 * them, labels and annotations.
 */
public interface Informer<T extends HasMetadata> {

    Optional<T> get(Key key);

    List<T> list();

    /** Objects that have this value in an index that {@link #index} made known. */
    List<T> find(Index<T> index, String value);

    /** Makes an index known; more than once is the same as once. */
    void index(Index<T> index);

    /** Tells of every object there is, then of every change, one at a time. */
    Registration listen(Listener<T> listener);

    /** Must not block for long: it holds up all other listeners of the kind. */
    interface Listener<T> {

        /**
         * @param before the object as it was, empty for one that is new
         * @param after the object as it is, empty for one that is gone
         */
        void changed(Optional<T> before, Optional<T> after);
    }

    /** Ends what it was given for. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
