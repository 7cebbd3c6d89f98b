package io.datavolume.importer.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrowingRangesTest {

    private static final int KIB = 1024;

    private final byte[] content = new byte[3000 * KIB + 7];
    private final List<ByteRange> asked = new ArrayList<>();

    GrowingRangesTest() {
        new Random(1).nextBytes(content);
    }

    @Test
    void streamThatIsOnlyBegunAsksForLittle() throws Exception {
        try (InputStream stream = new GrowingRanges(new Held(), 0)) {
            assertEquals(0, asked.size());
            stream.readNBytes(300 * KIB);
        }
        assertEquals(List.of(new ByteRange(0, 256 * KIB), new ByteRange(256 * KIB, 512 * KIB)), asked);
    }

    @Test
    void streamThatIsReadToItsEndIsTheSources() throws Exception {
        try (InputStream stream = new GrowingRanges(new Held(), 5)) {
            assertEquals(content[5] & 0xff, stream.read());
            byte[] rest = stream.readAllBytes();
            assertArrayEquals(Arrays.copyOfRange(content, 6, content.length), rest);
            assertEquals(-1, stream.read());
        }
    }

    private final class Held implements RangeReader {

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public ReadableByteChannel open(ByteRange range) {
            asked.add(range);
            return Channels.newChannel(new ByteArrayInputStream(content, (int) range.start(), (int) range.length()));
        }

        @Override
        public void close() {}
    }
}
