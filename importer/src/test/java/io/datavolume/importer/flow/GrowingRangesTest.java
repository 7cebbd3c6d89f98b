package io.datavolume.importer.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.source.Source;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThriftySourceTest {

    private static final int KIB = 1024;

    private final byte[] content = new byte[3000 * KIB + 7];
    private final List<ByteRange> asked = new ArrayList<>();

    ThriftySourceTest() {
        new Random(1).nextBytes(content);
    }

    @Test
    void streamThatIsOnlyBegunAsksForLittle() throws Exception {
        try (Source thrifty = ThriftySource.of(new Held()); InputStream stream = thrifty.stream(0)) {
            assertEquals(0, asked.size());
            stream.readNBytes(300 * KIB);
        }
        assertEquals(List.of(new ByteRange(0, 256 * KIB), new ByteRange(256 * KIB, 512 * KIB)), asked);
    }

    @Test
    void streamThatIsReadToItsEndIsTheSources() throws Exception {
        try (Source thrifty = ThriftySource.of(new Held()); InputStream stream = thrifty.stream(5)) {
            assertEquals(content[5] & 0xff, stream.read());
            byte[] rest = stream.readAllBytes();
            assertArrayEquals(Arrays.copyOfRange(content, 6, content.length), rest);
            assertEquals(-1, stream.read());
        }
    }

    private final class Held implements Source {

        @Override
        public String displayName() {
            return "held";
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(content.length);
        }

        @Override
        public Optional<String> validator() {
            return Optional.empty();
        }

        @Override
        public InputStream stream(long offset) {
            throw new AssertionError("it would send all");
        }

        @Override
        public Optional<RangeReader> ranges() {
            return Optional.of(new Ranges());
        }

        @Override
        public long bytesReceived() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private final class Ranges implements RangeReader {

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
