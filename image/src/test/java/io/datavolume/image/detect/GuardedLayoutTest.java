package io.datavolume.image.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Format;
import io.datavolume.image.Mapping;
import io.datavolume.image.MappingSink;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.raw.RawCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An exception inside a check counts as a violation. */
class GuardedLayoutTest {

    private static final ByteRange RANGE = new ByteRange(4096, 512);

    /** A format with a fault in its code. */
    private record Faulty(boolean maps) implements DiskLayout {

        @Override
        public Format format() {
            return Format.QCOW2;
        }

        @Override
        public List<ByteRange> wanted() {
            return List.of(RANGE);
        }

        @Override
        public void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException {
            if (maps) {
                sink.map(Mapping.plain(0, 0, 512));
            } else {
                bytes.getLong(bytes.limit());
            }
        }

        @Override
        public void end(long fileLength, MappingSink sink) {
            Math.addExact(fileLength, Long.MAX_VALUE);
        }

        @Override
        public OptionalLong virtualSize() {
            return OptionalLong.empty();
        }

        @Override
        public SafetyReport checks() {
            return new SafetyReport("image", List.of(RawCheck.values()));
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of();
        }
    }

    private static Violation refused(org.junit.jupiter.api.function.Executable step) {
        return assertThrows(ImageRefusedException.class, step).violations().getFirst();
    }

    @Test
    void exceptionWhileATableIsCheckedRefusesTheImage() {
        DiskLayout layout = new GuardedLayout(new Faulty(false));
        Violation violation = refused(() -> layout.feed(RANGE, ByteBuffer.allocate(512), m -> {}));
        assertEquals("exception", violation.check());
        assertEquals(4096, violation.offset());
    }

    @Test
    void exceptionInTheLastChecksRefusesTheImage() {
        DiskLayout layout = new GuardedLayout(new Faulty(false));
        assertEquals(100, refused(() -> layout.end(100, m -> {})).offset());
    }

    @Test
    void faultOfTheTargetIsNoneOfTheImage() {
        IllegalStateException fault = new IllegalStateException("target");
        DiskLayout layout = new GuardedLayout(new Faulty(true));
        assertSame(fault, assertThrows(IllegalStateException.class,
                () -> layout.feed(RANGE, ByteBuffer.allocate(512), m -> {
                    throw fault;
                })));
    }
}
