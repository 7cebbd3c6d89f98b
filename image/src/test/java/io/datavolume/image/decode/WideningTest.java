package io.datavolume.image.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WideningTest {

    private static final long MB = 1_000_000;

    /** One second in which all connections waited for bytes all the time. */
    private static int second(Widening widening, long megabytes, int connections) {
        return widening.next(megabytes * MB, Widening.PERIOD, Widening.PERIOD * connections);
    }

    @Test
    void fastSourceStaysAtOneConnection() {
        Widening widening = new Widening(1, 4);
        for (int i = 0; i < 10; i++) {
            assertEquals(1, second(widening, 150, 1));
        }
    }

    @Test
    void slowTargetAddsNoConnection() {
        Widening widening = new Widening(1, 4);
        for (int i = 0; i < 10; i++) {
            assertEquals(1, widening.next(5 * MB, Widening.PERIOD, Widening.PERIOD / 10));
        }
    }

    @Test
    void connectionsAreAddedWhileEachBringsMore() {
        Widening widening = new Widening(1, 8);
        assertEquals(2, second(widening, 10, 1));
        assertEquals(2, second(widening, 11, 2), "new connections get a second to become fast");
        assertEquals(4, second(widening, 20, 2));
        assertEquals(4, second(widening, 30, 4));
        assertEquals(8, second(widening, 40, 4));
        assertEquals(8, second(widening, 40, 8));
        assertEquals(8, second(widening, 80, 8));
        assertEquals(8, second(widening, 80, 8));
    }

    @Test
    void connectionsThatBroughtNothingAreGivenBackForGood() {
        Widening widening = new Widening(1, 4);
        assertEquals(2, second(widening, 10, 1));
        assertEquals(2, second(widening, 10, 2));
        assertEquals(1, second(widening, 11, 2));
        assertEquals(1, second(widening, 2, 1));
    }

    @Test
    void readersOfAFileAreAllThereFromTheBeginning() {
        assertEquals(2, second(new Widening(2, 2), 1, 2));
    }
}
