package io.datavolume.api.v1beta1;

import static io.datavolume.api.v1beta1.Condition.FALSE;
import static io.datavolume.api.v1beta1.Condition.TRUE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final Instant LATER = Instant.parse("2026-01-01T00:01:00Z");

    private final List<Condition> bound = Condition.set(List.of(), "Bound", FALSE, "NotFound", "No PVC found", FIRST);

    @Test
    void newConditionHasBothTimes() {
        assertEquals("2026-01-01T00:00:00Z", bound.getFirst().lastTransitionTime());
        assertEquals("2026-01-01T00:00:00Z", bound.getFirst().lastHeartbeatTime());
    }

    @Test
    void nothingMovesWhenNothingChanges() {
        assertEquals(bound, Condition.set(bound, "Bound", FALSE, "NotFound", "No PVC found", LATER));
    }

    @Test
    void messageMovesTheHeartbeatOnly() {
        Condition changed = Condition.set(bound, "Bound", FALSE, "Pending", "PVC disk Pending", LATER).getFirst();
        assertEquals("2026-01-01T00:00:00Z", changed.lastTransitionTime());
        assertEquals("2026-01-01T00:01:00Z", changed.lastHeartbeatTime());
    }

    @Test
    void statusMovesBoth() {
        Condition changed = Condition.set(bound, "Bound", TRUE, "Bound", "PVC disk Bound", LATER).getFirst();
        assertEquals("2026-01-01T00:01:00Z", changed.lastTransitionTime());
        assertEquals("2026-01-01T00:01:00Z", changed.lastHeartbeatTime());
    }

    @Test
    void othersStayWhereTheyAre() {
        List<Condition> both = Condition.set(bound, "Ready", FALSE, "", "", LATER);
        List<Condition> changed = Condition.set(both, "Bound", TRUE, "Bound", "", LATER);
        assertEquals(List.of("Bound", "Ready"), changed.stream().map(Condition::type).toList());
        assertEquals(both.get(1), changed.get(1));
    }
}
