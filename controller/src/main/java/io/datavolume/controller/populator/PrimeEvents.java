package io.datavolume.controller.populator;

import io.datavolume.api.cluster.Cluster;
import io.datavolume.api.cluster.Informer;
import io.datavolume.api.cluster.Kinds;
import io.datavolume.api.event.EventRecorder;
import io.datavolume.controller.events.ClaimEvents;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells on a target what happens to its prime claim, which users do not know of. */
final class PrimeEvents {

    /** Events are written a moment after they are told; what was told last is remembered for so many. */
    private static final int REMEMBERED = 4096;

    private final Informer<Event> notes;
    private final EventRecorder events;
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    PrimeEvents(Cluster cluster, EventRecorder events) {
        this.events = events;
        notes = cluster.informer(Kinds.EVENT);
        notes.index(ClaimEvents.BY_OBJECT);
    }

    /** What the newest event of a prime claim says. */
    Optional<String> newest(PersistentVolumeClaim prime) {
        return ClaimEvents.newest(of(prime));
    }

    /** Tells what the target does not have yet. */
    void tell(PersistentVolumeClaim target, PersistentVolumeClaim prime) {
        List<Event> ofPrime = of(prime);
        if (ofPrime.isEmpty()) {
            return;
        }
        ClaimEvents.untold(prime.getMetadata().getName(), ofPrime, ClaimEvents.messages(of(target))).stream()
                .filter(event -> told.add(target.getMetadata().getUid() + " " + event.message()))
                .forEach(event -> events.record(target, event.type(), event.reason(), event.message()));
    }

    private List<Event> of(PersistentVolumeClaim claim) {
        return notes.find(ClaimEvents.BY_OBJECT, claim.getMetadata().getUid());
    }
}
