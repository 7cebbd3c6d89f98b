package io.datavolume.image.vhdx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.MemoryFeed;

class VhdxFuzzTest {

    @FuzzTest
    void anyImageIsReadOrRefused(byte[] image) {
        read(image);
    }

    static void read(byte[] image) {
        MemoryFeed.readOrRefuse(image, VhdxLayout::new);
    }
}
