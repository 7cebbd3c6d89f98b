package io.datavolume.image.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.NeedsUserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedVhdTailTest {

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

    private static ByteArrayOutputStream pass(FixedVhdTail tail, byte[] stream, int piece) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (int at = 0; at < stream.length; at += piece) {
            ByteBuffer part = tail.pass(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)));
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            written.write(bytes);
        }
        return written;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 511, 512, 513, 65536, 2 * MIB})
    void footerOfAFixedVhdIsNotPartOfTheDisk(int piece) throws Exception {
        FixedVhdTail tail = new FixedVhdTail(Long.MAX_VALUE);
        pass(tail, fixed, piece);
        assertTrue(tail.isFixedVhd());
        assertEquals(MIB, tail.end());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 512, 700, 65536, 2 * MIB})
    void footerBehindAFullDeviceIsHeldBack(int piece) throws Exception {
        FixedVhdTail tail = new FixedVhdTail(MIB);
        assertEquals(MIB, pass(tail, fixed, piece).size());
        assertEquals(MIB, tail.end());
    }

    @Test
    void rawStreamKeepsItsLastSector() throws Exception {
        FixedVhdTail tail = new FixedVhdTail(Long.MAX_VALUE);
        pass(tail, new byte[MIB], 65536);
        assertFalse(tail.isFixedVhd());
        assertEquals(MIB, tail.end());
    }

    @Test
    void damagedFooterBelongsToTheDisk() throws Exception {
        byte[] damaged = fixed.clone();
        damaged[damaged.length - 1] ^= 1;
        FixedVhdTail tail = new FixedVhdTail(Long.MAX_VALUE);
        pass(tail, damaged, 65536);
        assertEquals(MIB + 512, tail.end());
        FixedVhdTail full = new FixedVhdTail(MIB);
        pass(full, damaged, 65536);
        assertThrows(NeedsUserException.class, full::end);
    }

    @Test
    void footerOfAnotherSizeBelongsToTheDisk() throws Exception {
        FixedVhdTail tail = new FixedVhdTail(Long.MAX_VALUE);
        pass(tail, new byte[512], 512);
        pass(tail, fixed, 65536);
        assertFalse(tail.isFixedVhd());
        assertEquals(MIB + 1024, tail.end());
    }

    @Test
    void dynamicVhdIsNotFixed() throws Exception {
        Path file = folder.resolve("dynamic.vhd");
        LayoutHarness.command("qemu-img", "create", "-q", "-f", "vpc", file.toString(), "1M");
        FixedVhdTail tail = new FixedVhdTail(Long.MAX_VALUE);
        pass(tail, Files.readAllBytes(file), 65536);
        assertFalse(tail.isFixedVhd());
    }

    @Test
    void moreThanAFooterBehindTheCapacityIsRefusedAtOnce() throws Exception {
        FixedVhdTail tail = new FixedVhdTail(MIB);
        pass(tail, new byte[MIB + 512], 65536);
        NeedsUserException failure = assertThrows(NeedsUserException.class, () -> tail.pass(ByteBuffer.allocate(1)));
        assertEquals(NeedsUserException.Reason.TOO_LARGE, failure.reason());
    }
}
