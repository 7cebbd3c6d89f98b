package io.datavolume.kubernetes.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final RandomGenerator NEVER = () -> 0;

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 10", "2, 20", "10, 5120", "17, 655360", "18, 1000000", "40, 1000000",
        "2147483647, 1000000"})
    void delaysDoubleUpToTheLongest(int failures, long millis) {
        assertEquals(Duration.ofMillis(millis), Backoff.DEFAULT.delay(failures, NEVER));
    }

    @Test
    void chanceTakesAwayNoMoreThanTheJitter() {
        var chance = new SplittableRandom(7);
        for (int i = 0; i < 1000; i++) {
            Duration delay = Backoff.DEFAULT.delay(4, chance);
            assertTrue(delay.toMillis() >= 64 && delay.toMillis() <= 80, delay.toString());
        }
    }

    @Test
    void aBackoffThatDoesNotGrowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), 0));
        assertThrows(IllegalArgumentException.class,
                () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 0));
        assertThrows(IllegalArgumentException.class,
                () -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
    }
}
