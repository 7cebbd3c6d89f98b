package io.datavolume.standalone.local;

import io.datavolume.api.cluster.Key;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All objects in memory. Read by any thread; written by one at a time. */
final class Tables {

    private static final Comparator<Key> ORDER = Comparator.comparing(Key::namespace).thenComparing(Key::name);

    private final Map<String, NavigableMap<Key, Stored>> kinds = new ConcurrentHashMap<>();
    private final Map<String, Stored> byUid = new ConcurrentHashMap<>();
    /** UID of an owner to what names it. */
    private final Map<String, Set<Ref>> owned = new ConcurrentHashMap<>();

    Optional<Stored> get(Ref ref) {
        return Optional.ofNullable(table(ref.resource()).get(ref.key()));
    }

    Optional<Stored> byUid(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    /** Of one kind, by namespace and name. */
    Collection<Stored> all(String resource) {
        return List.copyOf(table(resource).values());
    }

    Collection<Stored> all() {
        return List.copyOf(byUid.values());
    }

    /** What names this UID as an owner. */
    Set<Ref> ownedBy(String uid) {
        return Set.copyOf(owned.getOrDefault(uid, Set.of()));
    }

    void put(Stored object) {
        // In one step: a reader must not find it gone.
        Stored before = table(object.ref().resource()).put(object.key(), object);
        if (before != null) {
            forget(before);
        }
        byUid.put(object.metadata().uid(), object);
        for (Metadata.Owner owner : object.metadata().owners()) {
            owned.computeIfAbsent(owner.uid(), uid -> ConcurrentHashMap.newKeySet()).add(object.ref());
        }
    }

    void remove(Ref ref) {
        Stored gone = table(ref.resource()).remove(ref.key());
        if (gone != null) {
            forget(gone);
        }
    }

    private void forget(Stored gone) {
        byUid.remove(gone.metadata().uid());
        for (Metadata.Owner owner : new HashSet<>(gone.metadata().owners())) {
            owned.computeIfPresent(owner.uid(), (uid, refs) -> {
                refs.remove(gone.ref());
                return refs.isEmpty() ? null : refs;
            });
        }
    }

    private NavigableMap<Key, Stored> table(String resource) {
        return kinds.computeIfAbsent(resource, name -> new ConcurrentSkipListMap<>(ORDER));
    }
}
