package io.datavolume.kubernetes;

import io.datavolume.api.cluster.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind as they are known here, from two sources: the stream of the API server, and the answers to
 * what this process wrote itself, which come before their echo in the stream. Of both the newer counts, so that nobody
 * reads less than was written here before. Reads are safe at any time; changes are to be made by one thread at a time.
 */
final class ObjectCache<T extends HasMetadata> {

    /** An object as it was and as it is; one of both may be absent. */
    record Change<T>(Optional<T> before, Optional<T> after) {}

    private final Map<Key, T> objects = new ConcurrentHashMap<>();
    private final IndexTable<T> indexes = new IndexTable<>();
    /** Objects that this process wrote and the stream has not told of yet. */
    private final Set<Key> ahead = new HashSet<>();
    /** How far the stream has come. */
    private long position = Versions.UNKNOWN;

    IndexTable<T> indexes() {
        return indexes;
    }

    @Nullable
    T get(Key key) {
        return objects.get(key);
    }

    List<T> list() {
        return new ArrayList<>(objects.values());
    }

    /** The stream tells of an object as it is. */
    Optional<Change<T>> streamed(T object) {
        Key key = Key.of(object);
        long version = Versions.of(object);
        position = Math.max(position, version);
        T known = objects.get(key);
        if (known != null && version != Versions.UNKNOWN && Versions.of(known) > version) {
            return Optional.empty();
        }
        ahead.remove(key);
        if (known != null && isSame(known, object)) {
            // The stream keeps this one anyway: two equal ones of everything written here would be twice the memory.
            objects.put(key, object);
            return Optional.empty();
        }
        return Optional.of(put(key, object));
    }

    /** The stream tells that an object is gone, and at which version. */
    Optional<Change<T>> gone(T object) {
        long version = Versions.of(object);
        position = Math.max(position, version);
        T known = objects.get(Key.of(object));
        if (known == null || (Versions.of(known) > version && !isSameObject(known, object))) {
            return Optional.empty();
        }
        return Optional.of(remove(known));
    }

    /** The stream began anew with a list of this version, which has been told object by object. */
    List<Change<T>> listed(@Nullable String version, Predicate<Key> isListed) {
        long at = Versions.of(version);
        position = Math.max(position, at);
        List<Change<T>> changes = new ArrayList<>();
        for (Key key : List.copyOf(ahead)) {
            T known = objects.get(key);
            if (known != null && Versions.of(known) <= at && !isListed.test(key)) {
                changes.add(remove(known));
            }
        }
        return changes;
    }

    /** The server's answer to a write of this process. */
    Optional<Change<T>> wrote(T object) {
        long version = Versions.of(object);
        Key key = Key.of(object);
        T known = objects.get(key);
        // What the stream has passed it has told, and perhaps something newer, such as its end.
        boolean passed = version <= position || (known != null && Versions.of(known) >= version);
        if (passed || isOver(object)) {
            return Optional.empty();
        }
        ahead.add(key);
        return Optional.of(put(key, object));
    }

    private Change<T> put(Key key, T object) {
        T before = objects.put(key, object);
        indexes.replace(key, before, object);
        return new Change<>(Optional.ofNullable(before), Optional.of(object));
    }

    private Change<T> remove(T known) {
        Key key = Key.of(known);
        ahead.remove(key);
        objects.remove(key);
        indexes.replace(key, known, null);
        return new Change<>(Optional.of(known), Optional.empty());
    }

    /** Whether the last finalizer went with this write, and the object with it. */
    private static boolean isOver(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null && object.getFinalizers().isEmpty();
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        String version = one.getMetadata().getResourceVersion();
        return version != null && version.equals(other.getMetadata().getResourceVersion()) && isSameObject(one, other);
    }

    private static boolean isSameObject(HasMetadata one, HasMetadata other) {
        String uid = one.getMetadata().getUid();
        return uid != null && uid.equals(other.getMetadata().getUid());
    }
}
