package io.datavolume.image.vmdk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.MemoryFeed;

class VmdkFuzzTest {

    @FuzzTest
    void anyImageIsReadOrRefused(byte[] image) {
        read(image);
    }

    static void read(byte[] image) {
        MemoryFeed.readOrRefuse(image, VmdkLayout::new);
    }
}
