package io.datavolume.api.event;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.cluster.Key;
import io.datavolume.api.cluster.Kinds;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes occurrences, one event for all that are the same. Used by one thread. */
final class EventLog {

    private final Cluster cluster;
    private final Recent<Occurrence, Told> told;
    private long number;

    EventLog(Cluster cluster, int capacity) {
        this.cluster = cluster;
        told = new Recent<>(capacity);
    }

    /**
     * Writes an event, or raises the count of the one that tells the same.
     *
     * @throws ClusterException as the cluster says
     */
    void write(Occurrence occurrence, Instant now) {
        Told before = told.get(occurrence);
        if (before == null || !again(occurrence, before, now)) {
            first(occurrence, now);
        }
    }

    private boolean again(Occurrence occurrence, Told before, Instant now) {
        int count = before.count() + 1;
        try {
            cluster.patch(Kinds.EVENT, before.event(), EventForm.again(before.uid(), count, now));
            told.put(occurrence, new Told(before.event(), before.uid(), count));
            return true;
        } catch (ClusterException.NotFound | ClusterException.Conflict gone) {
            return false; // Events expire.
        }
    }

    private void first(Occurrence occurrence, Instant now) {
        number = Math.max(number + 1, ChronoUnit.NANOS.between(Instant.EPOCH, now));
        Event event = cluster.create(Kinds.EVENT, EventForm.first(occurrence, now, number));
        told.put(occurrence, new Told(Key.of(event), event.getMetadata().getUid(), 1));
    }

    /** Of the event only what names it: thousands are remembered. */
    private record Told(Key event, String uid, int count) {}
}
