package io.datavolume.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.ClusterException;
import io.datavolume.api.wire.EventComponents;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventWriterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PersistentVolumeClaim CLAIM = new PersistentVolumeClaimBuilder().withNewMetadata()
            .withNamespace("ns").withName("disk").withUid("u1").withResourceVersion("7").endMetadata().build();

    private final EventStore store = new EventStore();

    @Test
    void eventSaysWhoSaidWhatOfWhom() {
        tell(events -> events.warning(CLAIM, "ErrImportFailed", "no such host"));
        Event event = store.events().getFirst();
        assertEquals("ns", event.getMetadata().getNamespace());
        assertTrue(event.getMetadata().getName().startsWith("disk."), event.getMetadata().getName());
        assertEquals("PersistentVolumeClaim", event.getInvolvedObject().getKind());
        assertEquals("v1", event.getInvolvedObject().getApiVersion());
        assertEquals("u1", event.getInvolvedObject().getUid());
        assertEquals("import-controller", event.getSource().getComponent());
        assertEquals("Warning", event.getType());
        assertEquals("2026-01-01T00:00:00Z", event.getFirstTimestamp());
        assertEquals(1, event.getCount());
    }

    @Test
    void sameThingAgainRaisesTheCount() {
        tell(events -> {
            events.normal(CLAIM, "ImportSucceeded", "Import Successful");
            PersistentVolumeClaim later = new PersistentVolumeClaimBuilder(CLAIM).editMetadata()
                    .withResourceVersion("8").endMetadata().build();
            events.normal(later, "ImportSucceeded", "Import Successful");
            events.normal(later, "ImportSucceeded", "Import Successful");
        });
        assertEquals(List.of(3), store.events().stream().map(Event::getCount).toList());
    }

    @Test
    void anythingElseIsAnotherEvent() {
        PersistentVolumeClaim other = new PersistentVolumeClaimBuilder(CLAIM).editMetadata().withUid("u2").endMetadata()
                .build();
        tell(events -> {
            events.normal(CLAIM, "Reason", "message");
            events.normal(CLAIM, "Reason", "other message");
            events.normal(CLAIM, "OtherReason", "message");
            events.warning(CLAIM, "Reason", "message");
            events.normal(other, "Reason", "message");
        });
        assertEquals(5, store.events().size());
    }

    @Test
    void objectWithTooMuchToTellIsSilencedAndOthersAreNot() {
        PersistentVolumeClaim other = new PersistentVolumeClaimBuilder(CLAIM).editMetadata().withName("other")
                .withUid("u2").endMetadata().build();
        tell(events -> {
            for (int i = 0; i < 2 * SpamFilter.BURST; i++) {
                events.warning(CLAIM, "Reason", "attempt " + i);
            }
            events.warning(other, "Reason", "attempt");
        });
        assertEquals(SpamFilter.BURST + 1, store.events().size());
        assertEquals("other", store.events().getLast().getInvolvedObject().getName());
    }

    @Test
    void expiredEventIsWrittenAnew() {
        EventLog log = new EventLog(store, 10);
        Occurrence occurrence = Occurrence.of("c", CLAIM, "Normal", "Reason", "message");
        log.write(occurrence, NOW);
        store.expire();
        log.write(occurrence, NOW);
        log.write(occurrence, NOW);
        assertEquals(List.of(2), store.events().stream().map(Event::getCount).toList());
    }

    @Test
    void clusterThatIsAwayIsTriedAgainAndOneThatRefusesIsNot() {
        store.failures.add(new ClusterException.Unavailable("time-out", null));
        store.failures.add(new ClusterException.Unavailable("time-out", null));
        tell(events -> events.normal(CLAIM, "First", "message"));
        store.failures.add(new ClusterException.Forbidden("namespace is being terminated"));
        tell(events -> {
            events.normal(CLAIM, "Refused", "message");
            events.normal(CLAIM, "Last", "message");
        });
        assertEquals(List.of("First", "Last"), store.events().stream().map(Event::getReason).toList());
    }

    @Test
    void objectsWithoutNamespaceHaveTheirsInDefault() {
        StorageClass storageClass = new StorageClassBuilder().withNewMetadata().withName("n".repeat(253)).withUid("u3")
                .endMetadata().build();
        tell(events -> events.normal(storageClass, "Reason", "m".repeat(5000)));
        Event event = store.events().getFirst();
        assertEquals("default", event.getMetadata().getNamespace());
        assertEquals(253, event.getMetadata().getName().length());
        assertEquals(Occurrence.MAX_MESSAGE, event.getMessage().length());
    }

    @Test
    void silenceEndsWithTime() {
        SpamFilter filter = new SpamFilter(10);
        Occurrence occurrence = Occurrence.of("c", CLAIM, "Normal", "Reason", "message");
        for (int i = 0; i < SpamFilter.BURST; i++) {
            assertTrue(filter.admits(occurrence, NOW));
        }
        assertFalse(filter.admits(occurrence, NOW));
        assertFalse(filter.admits(occurrence, NOW.minusSeconds(3600)));
        assertTrue(filter.admits(occurrence, NOW.plus(SpamFilter.REFILL)));
    }

    private void tell(Consumer<EventRecorder> story) {
        try (EventWriter writer = writer()) {
            story.accept(writer.recorder(EventComponents.IMPORT));
        }
    }

    private EventWriter writer() {
        return new EventWriter(store, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ZERO);
    }
}
