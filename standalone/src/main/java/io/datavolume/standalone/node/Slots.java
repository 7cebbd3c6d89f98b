package io.datavolume.standalone.node;

import io.datavolume.api.cluster.Key;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How many workers run at once; other pods wait in line. */
final class Slots {

    private final int count;
    private final Set<Key> taken = new HashSet<>();
    private final Set<Key> waiting = new LinkedHashSet<>();
    private volatile Consumer<Key> waker = key -> {};

    Slots(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " workers do no work");
        }
        this.count = count;
    }

    /** Whether the pod has a slot now; if not, it stands in line. */
    synchronized boolean take(Key pod) {
        if (taken.contains(pod)) {
            return true;
        }
        waiting.add(pod);
        if (taken.size() < count && waiting.iterator().next().equals(pod)) {
            waiting.remove(pod);
            taken.add(pod);
            return true;
        }
        return false;
    }

    /** Gives a slot, or a place in line, back, and wakes who is next. */
    void free(Key pod) {
        Optional<Key> next;
        synchronized (this) {
            taken.remove(pod);
            waiting.remove(pod);
            next = taken.size() < count ? waiting.stream().findFirst() : Optional.empty();
        }
        next.ifPresent(waker);
    }

    /** Who is told that there is room for a pod. */
    void wakeBy(Consumer<Key> consumer) {
        waker = consumer;
    }
}
