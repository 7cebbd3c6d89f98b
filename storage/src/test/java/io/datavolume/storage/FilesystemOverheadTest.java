package io.datavolume.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemOverheadTest {

    private static final long GIBI = 1L << 30;

    @ParameterizedTest
    @CsvSource({"0, 1073741824, 1073741824", "0.06, 1073741824, 1138166334", "0.055, 1073741824, 1132797625",
        "0.055, 1073741823, 1132797625", "0.055, 1072693249, 1132797625", "0.055, 1072693248, 1131691377",
        "0.001, 1048576, 1049625", "0.999, 1048576, 2096104", "1, 1048576, 2097152", "0.055, 1, 1106248",
        "0.055, 0, 0", "0.055, 8796093022208, 9279878138430"})
    void aVolumeForAnImageHasTheOverheadOnTop(String overhead, long image, long volume) {
        assertEquals(volume, overhead(overhead).required(image));
    }

    @ParameterizedTest
    @CsvSource({"0, 1073741824, 1073741824", "0, 1073741823, 1072693248", "0.055, 1132797625, 1073741824",
        "0.055, 1132797624, 1073741824", "0.055, 1132797623, 1072693248", "0.055, 1106248, 1048576",
        "0.055, 1106246, 0", "1, 2097152, 1048576", "0.055, 0, 0"})
    void anImageForAVolumeLeavesTheOverheadOut(String overhead, long volume, long image) {
        assertEquals(image, overhead(overhead).usable(volume));
    }

    @Test
    void whatAVolumeWasMadeForFitsItExactly() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            FilesystemOverhead overhead = new FilesystemOverhead(BigDecimal.valueOf(random.nextInt(1001), 3));
            long image = random.nextLong(1, 1L << random.nextInt(21, 62));
            assertEquals(Bytes.roundUpToMebi(image), overhead.usable(overhead.required(image)),
                    () -> image + " bytes, overhead " + overhead);
        }
    }

    @Test
    void aVolumeBeyondTheLargestIsRefused() {
        var e = assertThrows(UnusableSizeException.class,
                () -> overhead("0.055").required(Long.MAX_VALUE - Bytes.MEBI));
        assertTrue(String.valueOf(e.getMessage()).contains("more than a volume can have"), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.0", "0.5", "0.05", "0.055", "0.999"})
    void overheadsAreReadAsConfigurationWritesThem(String text) {
        assertEquals(text, overhead(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.", ".5", "0.0551", "1.0", "1.1", "2", "-0.1", "5%", "0,05", "00.5", " 0.5", "0.5\n",
        "٠", "1e-2"})
    void otherTextsAreNoOverhead(String text) {
        assertTrue(FilesystemOverhead.parse(text).isEmpty());
    }

    @Test
    void theDefaultIsFiveAndAHalfPercent() {
        assertEquals(1132797625L, FilesystemOverhead.DEFAULT.required(GIBI));
    }

    private static FilesystemOverhead overhead(String text) {
        return FilesystemOverhead.parse(text).orElseThrow();
    }
}
