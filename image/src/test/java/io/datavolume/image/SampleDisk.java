package io.datavolume.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;

/** Raw disks for tests: islands of random and of repeated bytes between holes. */
public final class SampleDisk {

    private SampleDisk() {}

    /** Writes a disk whose first and last sector hold data; the same size and seed give the same disk. */
    public static Path write(Path file, long size, long seed) throws IOException {
        Random random = new Random(seed);
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(size);
            for (long at = 0; at < size; at += 1 + random.nextInt(1 << 20)) {
                byte[] island = new byte[(int) Math.min(size - at, 1 + random.nextInt(200_000))];
                if (random.nextBoolean()) {
                    random.nextBytes(island);
                } else {
                    java.util.Arrays.fill(island, (byte) (1 + random.nextInt(255)));
                }
                disk.seek(at);
                disk.write(island);
            }
            disk.seek(size - 1);
            disk.write(7);
        }
        return file;
    }
}
