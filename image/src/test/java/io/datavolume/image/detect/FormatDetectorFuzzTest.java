package io.datavolume.image.detect;

import com.code_intelligence.jazzer.junit.FuzzTest;

class FormatDetectorFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyFileGivesAFormatOrARefusal(byte[] file) {
        FuzzedDetection.run(file);
    }
}
