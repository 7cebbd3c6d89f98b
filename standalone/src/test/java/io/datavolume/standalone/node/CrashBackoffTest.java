package io.datavolume.standalone.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashBackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "6, 16", "7, 30", "8, 30", "2147483647, 30"})
    void waitsDoubleUpToTheLongest(int failures, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), CrashBackoff.LOCAL.after(failures));
    }
}
