package io.datavolume.controller.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.api.wire.PodAnnotations;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is shown of a claim's events, and where. */
class ClaimEventsTest {

    private static final String PRIME = "prime-target-uid";

    @Test
    void theNewestEventCountsAndOfTwoAtOnceTheLonger() {
        Event first = event("Normal", "WaitForFirstConsumer", "waiting for first consumer", "2026-01-01T00:00:01Z");
        Event second = event("Normal", "Provisioning", "provisioning", "2026-01-01T00:00:02Z");
        Event longer = event("Normal", "Provisioning", "provisioning the volume", "2026-01-01T00:00:02Z");
        assertEquals(Optional.of("provisioning the volume"), ClaimEvents.newest(List.of(second, longer, first)));
        assertEquals(Optional.empty(), ClaimEvents.newest(List.of()));
    }

    @Test
    void anEventOfANewerWriterHasItsTimeElsewhere() {
        Event newer = new EventBuilder(event("Normal", "A", "series", "2026-01-01T00:00:01Z")).withNewSeries()
                .withNewLastObservedTime("2026-01-01T00:00:09.000000Z").endSeries().build();
        assertEquals(Optional.of("series"),
                ClaimEvents.newest(List.of(newer, event("Normal", "A", "other", "2026-01-01T00:00:05Z"))));
    }

    @Test
    void aPendingClaimShowsWhyAndABoundOneNoLonger() {
        Map<String, String> shown = Map.of(PodAnnotations.BOUND, "false", PodAnnotations.BOUND_REASON, "Pending",
                PodAnnotations.BOUND_MESSAGE, "why");
        assertEquals(shown, ClaimEvents.bound(claim("Pending", Map.of()), Optional.of("why")));
        assertEquals(Map.of(), ClaimEvents.bound(claim("Pending", shown), Optional.of("why")));
        assertEquals(Map.of(), ClaimEvents.bound(claim("Pending", shown), Optional.empty()));
        Map<String, String> removed = new HashMap<>();
        shown.keySet().forEach(key -> removed.put(key, null));
        assertEquals(removed, ClaimEvents.bound(claim("Bound", shown), Optional.of("why")));
    }

    @Test
    void whatAClaimSaysOfItsScratchSpaceIsLeftAlone() {
        assertEquals(Map.of(), ClaimEvents.bound(claim("Bound", Map.of(PodAnnotations.BOUND, "false",
                PodAnnotations.BOUND_REASON, "CreatingScratchSpace")), Optional.of("why")));
    }

    @Test
    void eventsOfThePrimeClaimAreToldOnItsTargetOnce() {
        Event failed = event("Warning", "ProvisioningFailed", "no space", "2026-01-01T00:00:01Z");
        Event misbound = event("Warning", "ClaimMisbound", "Two claims are bound", "2026-01-01T00:00:02Z");
        List<ClaimEvents.Told> told = ClaimEvents.untold(PRIME, List.of(failed, misbound), Set.of());
        assertEquals(List.of(new ClaimEvents.Told("Warning", "ProvisioningFailed", "no space",
                "[prime-target-uid] : no space")), told);
        assertEquals(List.of(), ClaimEvents.untold(PRIME, List.of(failed), Set.of("[prime-target-uid] : no space")));
        assertEquals(List.of(), ClaimEvents.untold(PRIME, List.of(failed), Set.of("no space")));
    }

    @Test
    void aMessageThatIsCutIsToldOnceToo() {
        List<Event> events = List.of(event("Warning", "Failed", "x".repeat(2000), "2026-01-01T00:00:01Z"));
        String written = ClaimEvents.untold(PRIME, events, Set.of()).getFirst().message();
        assertEquals(1024, written.length());
        assertEquals(List.of(), ClaimEvents.untold(PRIME, events, Set.of(written)));
    }

    private static Event event(String type, String reason, String message, String time) {
        return new EventBuilder().withNewMetadata().withName("e").endMetadata().withType(type).withReason(reason)
                .withMessage(message).withLastTimestamp(time).withNewInvolvedObject()
                .withKind("PersistentVolumeClaim").withNamespace("ns").withName(PRIME).withUid("prime-uid")
                .endInvolvedObject().build();
    }

    private static PersistentVolumeClaim claim(String phase, Map<String, String> annotations) {
        return new PersistentVolumeClaimBuilder().withNewMetadata().withName("disk").withNamespace("ns")
                .withAnnotations(annotations).endMetadata().withNewSpec().endSpec().withNewStatus().withPhase(phase)
                .endStatus().build();
    }
}
