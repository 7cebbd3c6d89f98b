package io.datavolume.image.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.datavolume.image.Encoding;
import io.datavolume.image.Extent;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.Mapping;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.vhd.VhdFooter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenEndTest {

    private static final int MIB = 1 << 20;

    @TempDir
    static Path folder;
    private static byte[] fixed = new byte[0];

    @BeforeAll
    static void makeFixedVhd() throws Exception {
        Path file = folder.resolve("fixed.vhd");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vpc", "-o", "subformat=fixed,force_size=on",
                file.toString(), "1M");
        fixed = Files.readAllBytes(file);
        assertEquals(MIB + 512, fixed.length);
    }

    private static OpenEnd before(long capacity) {
        OpenEnd end = new OpenEnd(
                (last, length) -> VhdFooter.fixedDiskSize(last).equals(OptionalLong.of(length)));
        end.open(new Mapping(new Extent(0, capacity, Extent.Kind.DATA), 0, Mapping.TO_THE_END, Encoding.PLAIN,
                capacity));
        return end;
    }

    /** Bytes of the stream that are disk, when it comes in pieces. */
    private static long imageBytes(OpenEnd end, byte[] stream, int piece) throws IOException {
        for (int at = 0; at < stream.length; at += piece) {
            int length = Math.min(piece, stream.length - at);
            end.passed(at + length);
            end.remember(ByteBuffer.wrap(Arrays.copyOfRange(stream, at, at + length)));
        }
        return end.imageBytes(stream.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 511, 512, 513, 65536, 2 * MIB})
    void footerOfAFixedVhdIsNotPartOfTheDisk(int piece) throws Exception {
        assertEquals(MIB, imageBytes(before(Long.MAX_VALUE), fixed, piece));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 512, 700, 65536, 2 * MIB})
    void footerMayStandBehindAFullTarget(int piece) throws Exception {
        assertEquals(MIB, imageBytes(before(MIB), fixed, piece));
    }

    @Test
    void rawStreamKeepsItsLastSector() throws Exception {
        assertEquals(MIB, imageBytes(before(Long.MAX_VALUE), new byte[MIB], 65536));
    }

    @Test
    void damagedFooterBelongsToTheDisk() throws Exception {
        byte[] damaged = fixed.clone();
        damaged[damaged.length - 1] ^= 1;
        assertEquals(MIB + 512, imageBytes(before(Long.MAX_VALUE), damaged, 65536));
    }

    @Test
    void footerOfAnotherSizeBelongsToTheDisk() throws Exception {
        byte[] longer = new byte[512 + fixed.length];
        System.arraycopy(fixed, 0, longer, 512, fixed.length);
        assertEquals(MIB + 1024, imageBytes(before(Long.MAX_VALUE), longer, 65536));
    }

    @Test
    void dynamicVhdIsNotFixed() throws Exception {
        Path file = folder.resolve("dynamic.vhd");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vpc", file.toString(), "1M");
        byte[] dynamic = Files.readAllBytes(file);
        assertEquals(dynamic.length, imageBytes(before(Long.MAX_VALUE), dynamic, 65536));
    }

    @Test
    void moreThanAFooterBehindTheCapacityIsRefusedAtOnce() throws Exception {
        OpenEnd end = before(MIB);
        end.passed(MIB + 512);
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> end.passed(MIB + 513));
        assertEquals(NeedsUserException.Reason.TOO_LARGE, failure.reason());
    }
}
