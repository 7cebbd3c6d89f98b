package io.datavolume.scenarios;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A small disk with data, zeros and repetitions. */
final class TestDisk {

    /** Bytes of the disk. */
    static final long SIZE = 64L << 20;

    private TestDisk() {}

    /** Writes the raw disk: six pieces of 3 MiB, a third of each compressible, with holes between them. */
    static Path write(Path raw) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(SIZE);
            byte[] block = new byte[3 << 20];
            Random random = new Random(11);
            for (int i = 0; i < 6; i++) {
                random.nextBytes(block);
                Arrays.fill(block, 1 << 20, 2 << 20, (byte) i);
                file.seek(i * (9L << 20) + 12_345);
                file.write(block);
            }
        }
        return raw;
    }

    /** The disk as a qcow2 image that qemu-img made. */
    static Path qcow2(Path raw, Path image, String... options) throws IOException, InterruptedException {
        String[] words = {"qemu-img", "convert", "-O", "qcow2"};
        String[] all = Arrays.copyOf(words, words.length + options.length + 2);
        System.arraycopy(options, 0, all, words.length, options.length);
        all[all.length - 2] = raw.toString();
        all[all.length - 1] = image.toString();
        Cdi.tool(all);
        return image;
    }
}
