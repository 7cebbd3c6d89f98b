package io.datavolume.image.vhd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.MemoryFeed;

class VhdFuzzTest {

    @FuzzTest
    void anyImageIsReadOrRefused(byte[] image) {
        read(image);
    }

    static void read(byte[] image) {
        MemoryFeed.readOrRefuse(image, VhdLayout::new);
    }
}
