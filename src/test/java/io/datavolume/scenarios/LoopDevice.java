package io.datavolume.scenarios;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** A block device over a file, full of another disk's bytes. */
final class LoopDevice implements AutoCloseable {

    private final Path before;
    private final Path device;

    /**
     * @param folder an empty folder
     * @param size bytes, a multiple of 4096
     */
    LoopDevice(Path folder, long size) throws IOException, InterruptedException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")),
                "skipped: imports to block devices, as only root may set up a loop device");
        before = folder.resolve("before");
        Path backing = folder.resolve("backing");
        byte[] block = new byte[4096];
        Random random = new Random(size);
        try (OutputStream out = Files.newOutputStream(before)) {
            for (long at = 0; at < size; at += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        Files.copy(before, backing);
        Cdi.Ended ended = Cdi
                .wait(new ProcessBuilder("losetup", "--find", "--show", "--nooverlap", backing.toString()).start());
        Assumptions.assumeTrue(ended.exit() == 0,
                "skipped: imports to block devices, as there is no loop device here: " + ended.err());
        device = Path.of(ended.out().strip());
    }

    Path path() {
        return device;
    }

    /** Fails unless the first bytes are the disk's. */
    void assertStartsWith(Path raw) throws IOException, InterruptedException {
        Cdi.tool("cmp", "-n", Long.toString(Files.size(raw)), raw.toString(), device.toString());
    }

    /** Fails when a byte from here on is not zero. */
    void assertZeroFrom(long offset) throws IOException, InterruptedException {
        String size = Cdi.tool("blockdev", "--getsize64", device.toString()).strip();
        Cdi.tool("cmp", "-n", Long.toString(Long.parseLong(size) - offset), "-i", offset + ":0", device.toString(),
                "/dev/zero");
    }

    /** Fails when anything was written. */
    void assertUntouched() throws IOException, InterruptedException {
        Cdi.assertSameDisk(before, device);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Cdi.tool("losetup", "--detach", device.toString());
    }
}
