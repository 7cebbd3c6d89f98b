package io.datavolume.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsUserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualSizeTest {

    private enum Check implements SafetyCheck {
        SIZE;

        @Override
        public String id() {
            return "virtual-size";
        }

        @Override
        public String demand() {
            return "must be addressable";
        }
    }

    private final SafetyReport report = new SafetyReport("test image", List.of(Check.SIZE));

    @Test
    void diskThatFitsExactlyIsTaken() {
        assertDoesNotThrow(() -> VirtualSize.requireFits(4096, 4096));
    }

    @Test
    void diskThatDoesNotFitNamesBothSizes() {
        NeedsUserException refusal = assertThrows(NeedsUserException.class, () -> VirtualSize.requireFits(4097, 4096));

        assertEquals(NeedsUserException.Reason.TOO_LARGE, refusal.reason());
        assertTrue(String.valueOf(refusal.getMessage()).contains(
                "virtual image size 4097 is larger than the reported available storage 4096. A larger PVC is required"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, VirtualSize.MAX + 1})
    void sizeThatCannotBeAddressedIsRefused(long size) {
        assertThrows(ImageRefusedException.class, () -> VirtualSize.requireAddressable(report, Check.SIZE, 24, size));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 512, VirtualSize.MAX})
    void addressableSizeIsTaken(long size) {
        assertDoesNotThrow(() -> VirtualSize.requireAddressable(report, Check.SIZE, 24, size));
    }

    @Test
    void partialSectorIsRoundedUp() {
        assertEquals(512, VirtualSize.roundUpToSector(1));
        assertEquals(VirtualSize.MAX / 512 * 512, VirtualSize.roundUpToSector(VirtualSize.MAX));
    }
}
