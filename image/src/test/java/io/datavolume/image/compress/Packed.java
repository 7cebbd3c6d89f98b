package io.datavolume.image.compress;

import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.TransferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files that other programs packed, and what becomes of them. */
final class Packed {

    /** As an import has it. */
    static final DecodeLimits LIMITS = new DecodeLimits(64L << 20, 2);

    private Packed() {}

    /** Bytes that compress by half. */
    static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] &= 0x0f;
        }
        return bytes;
    }

    /** What a program makes of a file; it writes to standard output. */
    static byte[] pack(Path folder, byte[] content, String command) throws Exception {
        Path plain = folder.resolve("plain");
        Path packed = folder.resolve("packed");
        Files.write(plain, content);
        LayoutHarness.command("bash", "-c", "( " + command + " ) < '" + plain + "' > '" + packed + "'");
        return Files.readAllBytes(packed);
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] unpack(byte[] packed) throws IOException {
        try (Peeled peeled = Peeler.peel(new ByteArrayInputStream(packed), LIMITS)) {
            return peeled.stream().readAllBytes();
        }
    }

    /** The names of the checks that refuse it; empty if it is read. */
    static List<String> refused(byte[] packed) throws IOException {
        List<String> checks = new ArrayList<>();
        try {
            unpack(packed);
        } catch (ImageRefusedException e) {
            e.violations().forEach(v -> checks.add(v.check()));
        } catch (TransferException e) {
            throw new AssertionError("not refused by a check", e);
        }
        return checks;
    }
}
