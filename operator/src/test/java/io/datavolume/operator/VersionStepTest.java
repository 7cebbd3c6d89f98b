package io.datavolume.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionStepTest {

    @ParameterizedTest
    @CsvSource({"'', 1.0.0, NONE", "1.0.0, 1.0.0, NONE", "v1.0.0, 1.0.0, NONE", "1.0.0+a, 1.0.0+b, NONE",
        "1.9.0, 1.10.0, UPGRADE", "1.10.0, 1.9.0, DOWNGRADE", "1.0.0-rc.1, 1.0.0, UPGRADE",
        "1.0.0, 1.0.0-rc.1, DOWNGRADE", "1.0.0-rc.2, 1.0.0-rc.10, UPGRADE", "1.0.0-alpha, 1.0.0-beta, UPGRADE",
        "1.0.0, latest, UPGRADE", "devel, 1.0.0, UPGRADE", "1.0, 0.9.0, UPGRADE",
        "9999999999.0.0, 1.0.0, UPGRADE"})
    void onlyALowerSemanticVersionIsADowngrade(String observed, String target, VersionStep step) {
        assertEquals(step, VersionStep.of(observed, target));
    }
}
