package io.datavolume.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.SafetyReport;
import io.datavolume.image.detect.DetectCheck;
import io.datavolume.importer.flow.Inspection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectionTextTest {

    private static Inspection found() {
        SafetyReport report = new SafetyReport("image", List.of(DetectCheck.values()));
        report.check(DetectCheck.POLYGLOT, true, 0, "", "");
        report.check(DetectCheck.DECLARED_FORMAT, false, 0, "raw\033[2J", "is something else");
        report.warn(DetectCheck.VHD_FOOTER, "looks odd");
        return new Inspection("https://host/d.qcow2.xz", 2469606195L, List.of("xz", "qcow2"), "qcow2", 21474836480L,
                1L << 30, false, List.of("tables beyond 64 MiB"), Map.of("cluster size", 65536), report.lines(),
                Optional.of("Refused the image"), List.of("1  linux\033[0m  1.0 GiB"), 1258291, Map.of("os", "fedora"));
    }

    @Test
    void textTellsAllInOrder() {
        String text = new InspectionText(true).of(found());
        assertTrue(text.contains("contains              xz › qcow2\n"), text);
        assertTrue(text.contains("virtual size          21474836480 bytes (20.0 GiB)\n"), text);
        assertTrue(text.contains("cluster size          65536\n"), text);
        assertTrue(text.contains("  ✓ polyglot"), text);
        assertTrue(text.contains("  ✗ declared-format"), text);
        assertTrue(text.contains("  ! vhd-footer"), text);
        assertTrue(text.contains("  - supported-format") && text.contains("(not reached)"), text);
        assertTrue(text.contains("read 1.2 MiB of 2.3 GiB\n"), text);
        assertTrue(text.endsWith("REFUSED: Refused the image"), text);
    }

    @Test
    void textOfTheImageControlsNoTerminal() {
        assertFalse(new InspectionText(true).of(found()).contains("\033"));
    }

    @Test
    void withoutUnicodeTheMarksAreLetters() {
        String text = new InspectionText(false).of(found());
        assertTrue(text.contains("  ok polyglot") && text.contains("  NO declared-format"), text);
        assertTrue(text.chars().allMatch(c -> c < 128), text);
    }

    @Test
    void jsonHasTheSameFacts() {
        JsonNode json = JsonMapper.builder().build().readTree(InspectionJson.of(found()));
        assertEquals(21474836480L, json.get("virtualSize").asLong());
        assertEquals("qcow2", json.get("layers").get(1).asString());
        assertEquals("violated", json.get("checks").get(1).get("result").asString());
        assertTrue(json.get("refused").asBoolean());
    }
}
