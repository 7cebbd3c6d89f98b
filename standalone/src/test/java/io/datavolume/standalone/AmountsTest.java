package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1048575, 1.0 MiB", "1258291, 1.2 MiB",
        "104857600, 100 MiB", "2469606195, 2.3 GiB", "21474836480, 20.0 GiB",
        "9223372036854775807, 8.0 EiB"})
    void bytesHaveTheUnitThatFits(long bytes, String text) {
        assertEquals(text, Amounts.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7, 0:07", "754, 12:34", "3600, 1:00:00", "3723, 1:02:03", "360000, 100:00:00"})
    void clockCountsUpToHours(long seconds, String text) {
        assertEquals(text, Amounts.clock(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0.0 s", "0.44, 0.4 s", "9.96, 10 s", "59.4, 59 s", "59.6, 1 min 0 s", "125, 2 min 5 s",
        "3725, 1 h 2 min"})
    void spansAreAsPreciseAsTheyAreLong(double seconds, String text) {
        assertEquals(text, Amounts.span(seconds));
    }
}
