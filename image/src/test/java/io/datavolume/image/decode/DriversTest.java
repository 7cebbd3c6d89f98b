package io.datavolume.image.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.datavolume.image.Access;
import io.datavolume.image.LayoutHarness;
import io.datavolume.image.failure.ImageRefusedException;
import io.datavolume.image.failure.NeedsScratchException;
import io.datavolume.image.qcow2.Qcow2Layout;
import io.datavolume.image.volume.Volume;
import io.datavolume.image.volume.VolumeOptions;
import io.datavolume.image.volume.Volumes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriversTest {

    private static final long SIZE = 48L << 20;
    private static final long NO_SPILL = 0;
    private static final long MUCH = 1L << 40;

    @TempDir
    Path folder;
    private Path raw;
    private Path image;
    private Path target;

    @BeforeEach
    void makeDisk() throws IOException {
        raw = folder.resolve("disk.raw");
        image = folder.resolve("disk.qcow2");
        target = folder.resolve("target.raw");
        try (var file = new java.io.RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(SIZE);
            Random random = new Random(7);
            byte[] block = new byte[128 << 10];
            for (long at = 0; at < SIZE - block.length; at += 200_000 + random.nextInt(400_000)) {
                random.nextBytes(block);
                java.util.Arrays.fill(block, block.length / 2, block.length, (byte) random.nextInt(3));
                file.seek(at);
                file.write(block);
            }
        }
    }

    private void convert(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", "qcow2"));
        words.addAll(List.of(options));
        words.addAll(List.of(raw.toString(), image.toString()));
        LayoutHarness.command(words.toArray(String[]::new));
    }

    private long random() throws IOException {
        random(0);
        assertEquals(SIZE, Files.size(target));
        Files.delete(target);
        return random(2);
    }

    private long random(int writers) throws IOException {
        try (RangeReader reader = new FileRangeReader(image); Volume volume = open(false)) {
            long size = new RandomDriver(reader,
                    new Qcow2Layout(new Access(Access.Mode.RANDOM, OptionalLong.of(reader.length()), MUCH)), volume,
                    RandomJournal.NONE, new Counters(),
                    new RandomDriver.Settings(2, 2, writers, 4, 1 << 20, 4 << 20, folder)).run();
            volume.complete(size);
            return size;
        }
    }

    private Volume open(boolean resume) throws IOException {
        return Volumes.open(target, VolumeOptions.DEFAULT.withResume(resume));
    }

    private Spill spill(long memory, long disk) {
        return new Spill(memory, List.of(Spill.Area.elsewhere(folder.resolve("spill"), disk)));
    }

    private long forward(InputStream in, long start, Volume volume, Spill spill, ForwardJournal journal)
            throws IOException {
        return new ForwardDriver(new Qcow2Layout(new Access(Access.Mode.FORWARD, OptionalLong.empty(), MUCH)), volume,
                spill, journal, new Counters(), new ForwardDriver.Settings(2, 3, folder, false, null)).run(in, start);
    }

    private void forward(Spill spill) throws IOException {
        try (spill; InputStream in = Files.newInputStream(image); Volume volume = open(false)) {
            volume.complete(forward(in, 0, volume, spill, ForwardJournal.NONE));
        }
    }

    private void assertSame() throws Exception {
        LayoutHarness.command("cmp", raw.toString(), target.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o cluster_size=512", "-o cluster_size=64k", "-o cluster_size=2M", "-c",
        "-c -o compression_type=zstd", "-c -o cluster_size=2M", "-c -o cluster_size=4k", "-o extended_l2=on"})
    void bothDriversYieldTheDisk(String options) throws Exception {
        convert(options.split(" "));
        assertEquals(SIZE, random());
        assertSame();
        Files.delete(target);
        forward(spill(8 << 20, NO_SPILL));
        assertSame();
    }

    @Test
    void tablesAtTheEndAreReadInBothDirections() throws Exception {
        convert("-o", "cluster_size=4k");
        LayoutHarness.command("qemu-img", "resize", "-f", "qcow2", image.toString(), "2G");
        LayoutHarness.command("qemu-img", "resize", "-f", "qcow2", "--shrink", image.toString(), "48M");
        random();
        assertSame();
        Files.delete(target);
        forward(spill(1 << 20, MUCH));
        assertSame();
    }

    @Test
    void withoutRoomForTheSpillScratchIsAskedForWithItsSize() throws Exception {
        convert("-o", "cluster_size=4k");
        LayoutHarness.command("qemu-img", "resize", "-f", "qcow2", image.toString(), "2G");
        NeedsScratchException e = assertThrows(NeedsScratchException.class, () -> forward(spill(1 << 20, NO_SPILL)));
        assertTrue(e.bytes() > 1 << 20, e.getMessage());
    }

    @Test
    void tablesBeyondAnyFileAreRefusedInAStream() throws Exception {
        convert("-o", "cluster_size=4k");
        byte[] bytes = Files.readAllBytes(image);
        ByteBuffer.wrap(bytes).putLong(40, 1L << 50);
        Files.write(image, bytes);
        ImageRefusedException refusal = assertThrows(ImageRefusedException.class,
                () -> forward(spill(1 << 20, NO_SPILL)));
        assertEquals("metadata-place", refusal.violations().getFirst().check());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o cluster_size=64k", "-c", "-c -o cluster_size=2M"})
    void forwardPassGoesOnFromAnyCheckpoint(String options) throws Exception {
        convert(options.split(" "));
        resumeFromEveryFewCheckpoints();
    }

    @Test
    void forwardPassWithLateTablesGoesOnFromItsSpill() throws Exception {
        convert("-o", "cluster_size=4k");
        LayoutHarness.command("qemu-img", "resize", "-f", "qcow2", image.toString(), "2G");
        LayoutHarness.command("qemu-img", "resize", "-f", "qcow2", "--shrink", image.toString(), "48M");
        resumeFromEveryFewCheckpoints();
    }

    private void resumeFromEveryFewCheckpoints() throws Exception {
        List<Saved> all = checkpoints(Long.MAX_VALUE);
        for (int i = 0; i < all.size(); i += Math.max(1, all.size() / 6)) {
            Files.deleteIfExists(folder.resolve("spill"));
            long cut = Math.min(all.get(i).position() + (1 << 20) + 777, Files.size(image) - 1);
            List<Saved> saved = checkpoints(cut);
            Saved last = saved.getLast();
            try (InputStream in = Files.newInputStream(image);
                    Spill spill = spill(1 << 20, MUCH);
                    Volume volume = open(true)) {
                spill.restore(last.spill());
                in.skipNBytes(last.position());
                volume.complete(forward(in, last.position(), volume, spill, ForwardJournal.NONE));
            }
            assertSame();
            Files.delete(target);
        }
    }

    private record Saved(long position, List<Long> spill) {}

    /** Runs until the stream breaks at an offset, and leaves target and spill as they are. */
    private List<Saved> checkpoints(long cutAt) throws IOException {
        List<Saved> saved = new ArrayList<>();
        ForwardJournal journal = new ForwardJournal() {
            private long next = 1 << 20;

            @Override
            public boolean isKept() {
                return true;
            }

            @Override
            public boolean isDue(long position) {
                boolean due = position >= next;
                next = due ? position + (1 << 20) : next;
                return due;
            }

            @Override
            public Commit prepare(long position, List<Long> spillLengths) {
                return () -> saved.add(new Saved(position, spillLengths));
            }
        };
        try (InputStream in = new Broken(Files.newInputStream(image), cutAt);
                Spill spill = spill(1 << 20, MUCH);
                Volume volume = open(false)) {
            forward(in, 0, volume, spill, journal);
            volume.discard();
        } catch (BrokenException expected) {
            // as a killed process leaves it
        }
        return saved;
    }

    private static final class BrokenException extends IOException {
        BrokenException() {
            super("cut");
        }
    }

    private static final class Broken extends FilterInputStream {
        private long left;

        Broken(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new BrokenException();
            }
            int n = super.read(bytes, offset, (int) Math.min(length, left));
            left -= n;
            return n;
        }
    }
}
