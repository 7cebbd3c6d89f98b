package io.datavolume.image.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.Access;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.qcow2.Qcow2Layout;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A few bytes of gzip make gigabytes of nothing behind an image; they are not read for ever. */
class ImageBoundTest {

    private static final long GIB = 1L << 30;

    @Test
    void imageManyTimesAsLongAsItsDiskIsRefused() throws Exception {
        ImageBound bound = new ImageBound(
                new Qcow2Layout(new Access(Access.Mode.FORWARD, OptionalLong.empty(), Long.MAX_VALUE)));
        bound.passed(8 * GIB);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class, () -> bound.passed(9 * GIB));
        assertEquals("ratio", refusal.violations().getFirst().check());
        assertEquals(9 * GIB, refusal.violations().getFirst().offset());
    }
}
