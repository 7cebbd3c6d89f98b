package io.datavolume.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.raw.RawCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyReportTest {

    @Test
    void formatWithoutChecksIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> new SafetyReport("image", List.of()));
    }

    @Test
    void checkThatWasNotDeclaredIsAProgrammingError() {
        SafetyReport report = new SafetyReport("image", List.of(RawCheck.VIRTUAL_SIZE));
        assertThrows(IllegalArgumentException.class, () -> report.check(RawCheck.ISO_MAGIC, true, 0, "", ""));
    }

    @Test
    void allViolationsStandInOneErrorWithOffsetAndValue() {
        SafetyReport report = new SafetyReport("iso image", List.of(RawCheck.values()));
        report.check(RawCheck.ISO_MAGIC, false, 32769, "XX001", "is no ISO");
        report.check(RawCheck.VIRTUAL_SIZE, false, -1, 0, "is empty");
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, report::enforce);
        assertEquals("Refused the iso image: iso-magic at offset 32769 (value XX001): is no ISO; "
                + "virtual-size (value 0): is empty", refusal.getMessage());
    }

    @Test
    void valuesControlNoTerminalAndAreShort() {
        Violation violation = new Violation("check", 0, "\u001b[31m\u202e" + "x".repeat(1000), "message");
        assertTrue(violation.value().startsWith("?[31m?x"), violation.value());
        assertEquals(160, violation.value().length());
    }
}
