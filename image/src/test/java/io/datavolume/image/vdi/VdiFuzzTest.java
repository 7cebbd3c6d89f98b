package io.datavolume.image.vdi;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.MemoryFeed;

class VdiFuzzTest {

    @FuzzTest
    void anyImageIsReadOrRefused(byte[] image) {
        read(image);
    }

    static void read(byte[] image) {
        MemoryFeed.readOrRefuse(image, VdiLayout::new);
    }
}
