package io.datavolume.standalone.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As duration.HumanDuration of Kubernetes' apimachinery writes them. */
class AgeTest {

    @ParameterizedTest
    @CsvSource({"-5, 0s", "119, 119s", "120, 2m", "200, 3m20s", "600, 10m", "10799, 179m", "10800, 3h", "12345, 3h25m",
        "28800, 8h", "172799, 47h", "172800, 2d", "180000, 2d2h", "691200, 8d", "63072000, 2y"})
    void ageHasAsManyPartsAsCount(long seconds, String text) {
        assertEquals(text, Age.of(Duration.ofSeconds(seconds)));
    }

    @Test
    void timeThatIsNoneIsUnknown() {
        assertEquals("<unknown>", Age.of("yesterday", Instant.EPOCH));
        assertEquals("<unknown>", Age.of(null, Instant.EPOCH));
    }
}
