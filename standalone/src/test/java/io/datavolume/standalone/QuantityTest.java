package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "+5, 5", "1073741824, 1073741824", "1k, 1000", "1M, 1000000", "1G, 1000000000",
        "1T, 1000000000000", "1P, 1000000000000000", "1E, 1000000000000000000", "1Ki, 1024", "500Mi, 524288000",
        "20Gi, 21474836480", "1Ti, 1099511627776", "1Pi, 1125899906842624", "1Ei, 1152921504606846976",
        "1.5Gi, 1610612736", "1.5G, 1500000000", ".5Ki, 512", "2.Ki, 2048", "1e9, 1000000000",
        "1E9, 1000000000", "1.5e3, 1500", "12e-1, 2", "1500m, 2", "1m, 1", "0.1, 1", "1.1, 2",
        "9223372036854775807, 9223372036854775807", "' 20Gi ', 21474836480"})
    void quantitiesAreThoseOfKubernetesRoundedUp(String text, long bytes) {
        assertEquals(bytes, Quantity.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "0Gi", "-1", "-1Gi", "20gi", "20GB", "20GiB", "20 Gi", "K", "Gi", "1,5Gi",
        "0x10", "1e", "1e9Gi", "1ee9", "9223372036854775808", "8Ei", "1e19", "1e999", "1e9999999999", "NaN",
        "1_000", "１Gi"})
    void otherTextsAreRefusedWithAnExample(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text)).toString();
        assertTrue(message.contains("20Gi"), message);
    }
}
