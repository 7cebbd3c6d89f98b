package io.datavolume.kubernetes.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.api.cluster.Key;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QueueStateTest {

    private static final Key A = new Key("ns", "a");
    private static final Key B = new Key("ns", "b");

    private final QueueState state = new QueueState();

    @Test
    void keysComeInTheOrderInWhichTheyWereAdded() {
        state.add(A, 1);
        state.add(B, 2);
        assertEquals(A, state.poll());
        assertEquals(B, state.poll());
        assertNull(state.poll());
    }

    @Test
    void aKeyWaitsInLineOnlyOnce() {
        assertTrue(state.add(A, 1));
        assertFalse(state.add(A, 2));
        assertEquals(1, state.depth());
        assertEquals(1, state.since(A));
    }

    @Test
    void aKeyAddedWhileInWorkComesAfterThatWorkEnds() {
        state.add(A, 1);
        state.poll();
        assertFalse(state.add(A, 2));
        assertNull(state.poll());
        assertTrue(state.succeeded(A));
        assertEquals(A, state.poll());
        assertFalse(state.succeeded(A));
        assertNull(state.poll());
    }

    @Test
    void ofSeveralDelaysTheEarliestCounts() {
        state.addAt(A, 50);
        state.addAt(A, 20);
        state.addAt(A, 70);
        assertEquals(OptionalLong.of(20), state.nextDue());
        assertFalse(state.promote(19));
        assertTrue(state.promote(20));
        assertEquals(OptionalLong.empty(), state.nextDue());
    }

    @Test
    void aDelayOutlivesAnEarlierRun() {
        state.addAt(A, 50);
        state.add(A, 1);
        state.poll();
        state.succeeded(A);
        assertTrue(state.promote(50));
        assertEquals(A, state.poll());
    }

    @Test
    void aDelayThatEndsDuringWorkIsNotLost() {
        state.add(A, 1);
        state.poll();
        state.addAt(A, 5);
        assertFalse(state.promote(5));
        assertTrue(state.succeeded(A));
        assertEquals(A, state.poll());
    }

    @Test
    void whatFailedComesAtItsTime() {
        work(A);
        state.failed(A, 10);
        assertFalse(state.isIdle());
        assertFalse(state.promote(9));
        assertTrue(state.promote(10));
        assertEquals(A, state.poll());
        assertEquals(1, state.failures(A));
    }

    @Test
    void aRunThatComesSoonerReplacesTheRetry() {
        work(A);
        state.failed(A, 10);
        work(A);
        state.succeeded(A);
        assertFalse(state.promote(10));
        assertTrue(state.isIdle());
        assertEquals(0, state.size());
    }

    @Test
    void successForgetsFailuresAndConflicts() {
        work(A);
        state.failed(A, 1);
        work(A);
        state.conflicted(A, 1);
        work(A);
        assertEquals(1, state.failures(A));
        assertEquals(1, state.conflicts(A));
        state.succeeded(A);
        work(A);
        assertEquals(0, state.failures(A));
        assertEquals(0, state.conflicts(A));
    }

    @Test
    void aWishForLaterDoesNotDisturbIdleness() {
        state.addAt(A, 100);
        assertTrue(state.isIdle());
        state.add(B, 1);
        assertFalse(state.isIdle());
        state.poll();
        assertFalse(state.isIdle());
        state.succeeded(B);
        assertTrue(state.isIdle());
    }

    @Test
    void keysThatAreDoneTakeNoMemory() {
        for (int i = 0; i < 1000; i++) {
            work(new Key("ns", "n" + i));
            state.succeeded(new Key("ns", "n" + i));
        }
        assertEquals(0, state.size());
    }

    @Test
    void aKeyThatIsNotInWorkCannotBeGivenBack() {
        assertThrows(IllegalStateException.class, () -> state.succeeded(A));
        state.add(A, 1);
        assertThrows(IllegalStateException.class, () -> state.succeeded(A));
    }

    private void work(Key key) {
        state.add(key, 0);
        assertEquals(key, state.poll());
    }
}
