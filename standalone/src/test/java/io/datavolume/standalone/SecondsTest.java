package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsTest {

    @ParameterizedTest
    @CsvSource({"60s, 60", "5m, 300", "1h, 3600", "1h30m, 5400", "1m30s, 90", "90, 90", "500ms, 1", "1500ms, 2",
        "720h, 2592000"})
    void spansAreWholeSecondsRoundedUp(String text, int seconds) {
        assertEquals(seconds, Seconds.parse(text).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "-1s", "5x", "1.5h", "s", "5s1m", "721h", "999999h", "9999999999s"})
    void otherSpansAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Seconds.parse(text));
    }
}
