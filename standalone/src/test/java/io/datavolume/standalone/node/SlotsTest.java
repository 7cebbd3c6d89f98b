package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final Key A = new Key("ns", "a");
    private static final Key B = new Key("ns", "b");
    private static final Key C = new Key("ns", "c");

    private final List<Key> woken = new ArrayList<>();
    private final Slots slots = new Slots(1);

    @Test
    void podsThatWaitAreWokenInTheirOrder() {
        slots.wakeBy(woken::add);
        assertTrue(slots.take(A));
        assertTrue(slots.take(A));
        assertFalse(slots.take(B));
        assertFalse(slots.take(C));
        slots.free(A);
        assertEquals(List.of(B), woken);
        assertFalse(slots.take(C));
        assertTrue(slots.take(B));
    }

    @Test
    void aPodThatGoesAwayDoesNotHoldUpTheLine() {
        slots.wakeBy(woken::add);
        assertTrue(slots.take(A));
        assertFalse(slots.take(B));
        assertFalse(slots.take(C));
        slots.free(B);
        slots.free(A);
        assertTrue(slots.take(C));
        assertEquals(List.of(C), woken);
    }
}
