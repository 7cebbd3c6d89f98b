package io.datavolume.image.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.datavolume.image.Encoding;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.failure.ImageRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A compressed cluster gives exactly one cluster. */
class ClusterDecoderTest {

    private static final int CLUSTER = 65_536;
    private static final long OFFSET = 0x50000;

    private static byte[] packed(Encoding encoding, int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);
        if (encoding == Encoding.ZSTD) {
            return Zstd.compress(content);
        }
        Deflater deflater = new Deflater(9, encoding == Encoding.DEFLATE);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[length + 100];
        byte[] deflated = Arrays.copyOf(out, deflater.deflate(out));
        System.arraycopy(out, 0, deflated, 0, deflated.length);
        deflater.end();
        return deflated;
    }

    private static ByteBuffer decode(Encoding encoding, byte[] stored) throws IOException {
        Mapping mapping = new Mapping(new Extent(0, CLUSTER, Extent.Kind.DATA), OFFSET, stored.length, encoding,
                CLUSTER);
        ByteBuffer target = ByteBuffer.allocateDirect(CLUSTER);
        try (ClusterDecoder decoder = new ClusterDecoder()) {
            decoder.decode(mapping, ByteBuffer.wrap(stored), target);
        }
        return target;
    }

    private static void assertRefused(Encoding encoding, byte[] stored, String what) {
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> decode(encoding, stored));
        assertEquals("compressed-cluster", refusal.violations().getFirst().check());
        assertEquals(OFFSET, refusal.violations().getFirst().offset());
        assertTrue(String.valueOf(refusal.getMessage()).contains(what), refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFLATE", "ZLIB", "ZSTD"})
    void clusterIsReadWithTheSectorsThatFollow(Encoding encoding) throws Exception {
        byte[] stored = packed(encoding, CLUSTER);
        ByteBuffer decoded = decode(encoding, Arrays.copyOf(stored, stored.length + 400));
        assertEquals(CLUSTER, decoded.remaining());
        assertEquals(7, decoded.get(CLUSTER - 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFLATE", "ZLIB", "ZSTD"})
    void clusterThatInflatesToMoreThanOneClusterIsRefused(Encoding encoding) {
        assertRefused(encoding, packed(encoding, CLUSTER + 1), "more than one cluster");
        assertRefused(encoding, packed(encoding, 100 * CLUSTER), "more than one cluster");
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFLATE", "ZLIB", "ZSTD"})
    void clusterThatInflatesToLessIsRefused(Encoding encoding) {
        assertRefused(encoding, packed(encoding, CLUSTER - 1), "too short");
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFLATE", "ZLIB", "ZSTD"})
    void damagedClusterIsRefused(Encoding encoding) {
        byte[] stored = packed(encoding, CLUSTER);
        assertRefused(encoding, Arrays.copyOf(stored, stored.length / 2), "damaged");
        Arrays.fill(stored, 0, 4, (byte) 0xff);
        assertRefused(encoding, stored, "damaged");
    }
}
