package io.datavolume.image.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.function.Executable;

/** What tests of volumes share. */
final class VolumeFixture {

    static final int KIB = 1 << 10;
    static final int MIB = 1 << 20;

    private VolumeFixture() {}

    static ByteBuffer direct(byte[] content) {
        return ByteBuffer.allocateDirect(content.length).put(content).flip();
    }

    static byte[] filled(int length, int value) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) value);
        return content;
    }

    /** Bytes that the filesystem has allocated for a file, as stat counts them. */
    static long allocated(Path file) throws IOException, InterruptedException {
        return Long.parseLong(LayoutHarness.command("stat", "-c", "%b", file.toString()).strip()) * 512;
    }

    static String refusal(Reason reason, Executable executable) {
        NeedsUserException failure = assertThrows(NeedsUserException.class, executable);
        assertEquals(reason, failure.reason(), failure.toString());
        return failure.toString();
    }

    static void assertAllocated(Path file, long from, long to) throws IOException, InterruptedException {
        long blocks = allocated(file);
        assertTrue(blocks >= from && blocks <= to, file + " has " + blocks + " bytes allocated");
    }
}
