package io.datavolume.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "1024, 1024", "1Ki, 1024", "1Mi, 1048576", "1Gi, 1073741824", "0.5Gi, 536870912",
        ".5Gi, 536870912", "5., 5", "+1Gi, 1073741824", "1k, 1000", "2G, 2000000000", "1e3, 1000", "1E3, 1000",
        "1e+3, 1000", "1E, 1000000000000000000", "1Ei, 1152921504606846976", "7Ei, 8070450532247928832",
        "1.1Ki, 1127", "100m, 1", "1001m, 2", "1n, 1", "1e-3, 1", "9223372036854775807, 9223372036854775807"})
    void quantitiesAreReadExactlyAndRoundedUpToWholeBytes(String text, long bytes) {
        assertEquals(bytes, Bytes.parse("size", text));
        assertEquals(bytes, Bytes.of("size", new Quantity(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1gi", "1K", "1 Gi", " 1Gi", "Gi", "1KiB", "1Zi", "0x10", "NaN", "1_000", "1,5Gi",
        ".", "+", "--1", "1e", "1e1000000000", "١Gi", "1Gi\n",
        "10000000000000000000000000000000000000000000000000000000000000000000000"})
    void whatIsNoQuantityIsRefusedByField(String text) {
        var e = assertThrows(UnusableSizeException.class, () -> Bytes.parse("spec.storage.size", text));
        assertTrue(String.valueOf(e.getMessage()).startsWith("spec.storage.size: \""), e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).contains("is not a quantity"), e::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"-1, is negative", "-1Gi, is negative", "9223372036854775808, is more than a volume can have",
        "8Ei, is more than a volume can have", "1e100, is more than a volume can have"})
    void whatNoVolumeCanHaveIsRefusedByField(String text, String wrong) {
        var e = assertThrows(UnusableSizeException.class, () -> Bytes.parse("size", text));
        assertTrue(String.valueOf(e.getMessage()).startsWith("size: \"" + text + "\" " + wrong), e::getMessage);
    }

    @Test
    void aQuantityWithoutAmountIsRefusedToo() {
        assertThrows(UnusableSizeException.class, () -> Bytes.of("size", new Quantity()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1048576, 0", "1048575, 1048576, 0", "1048576, 1048576, 1048576",
        "1048577, 2097152, 1048576", "9223372036853727232, 9223372036853727232, 9223372036853727232"})
    void sizesAreRoundedToMebibytes(long bytes, long up, long down) {
        assertEquals(up, Bytes.roundUpToMebi(bytes));
        assertEquals(down, Bytes.roundDownToMebi(bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {9223372036853727233L, Long.MAX_VALUE})
    void roundingUpBeyondTheLargestVolumeIsRefused(long bytes) {
        assertThrows(UnusableSizeException.class, () -> Bytes.roundUpToMebi(bytes));
    }

    @Test
    void bytesAreWrittenWithoutUnit() {
        assertEquals("1132797625", Bytes.quantity(1132797625).toString());
    }
}
