package io.datavolume.image;

import io.datavolume.image.codec.ClusterDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The simplest possible drivers, for tests of layouts: everything in memory, one thread. The forward one keeps
 * every byte that passed, so it checks the order of feeding and not the spill.
 */
public final class LayoutHarness {

    private final List<Mapping> mappings = new ArrayList<>();
    private final DiskLayout layout;

    private LayoutHarness(DiskLayout layout) {
        this.layout = layout;
    }

    public static LayoutHarness run(Path file, Access.Mode mode, Function<Access, DiskLayout> opener)
            throws IOException {
        return run(file, mode, Long.MAX_VALUE, opener);
    }

    /** Feeds all metadata of the file and calls {@link DiskLayout#end}. */
    public static LayoutHarness run(Path file, Access.Mode mode, long capacity, Function<Access, DiskLayout> opener)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            OptionalLong known = mode == Access.Mode.RANDOM ? OptionalLong.of(length) : OptionalLong.empty();
            LayoutHarness harness = new LayoutHarness(opener.apply(new Access(mode, known, capacity)));
            harness.feedAll(channel, length, mode);
            harness.layout.end(length, harness.mappings::add);
            return harness;
        }
    }

    private void feedAll(FileChannel channel, long length, Access.Mode mode) throws IOException {
        long position = 0;
        while (!layout.wanted().isEmpty()) {
            List<ByteRange> wanted = layout.wanted();
            if (wanted.size() > 1024) {
                throw new AssertionError("too many ranges wanted: " + wanted.size());
            }
            ByteRange next = wanted.getFirst();
            if (mode == Access.Mode.FORWARD) {
                long passed = position;
                next = wanted.stream().filter(r -> r.end() <= passed).findFirst()
                        .orElseGet(() -> wanted.stream().min((a, b) -> Long.compare(a.end(), b.end())).orElseThrow());
                position = Math.max(position, next.end());
            }
            if (next.length() > DiskLayout.MAX_WANTED) {
                throw new AssertionError("wanted in one piece: " + next);
            }
            int available = (int) Math.max(0, Math.min(next.length(), length - next.start()));
            ByteBuffer bytes = ByteBuffer.allocate(available);
            while (bytes.hasRemaining() && channel.read(bytes, next.start() + bytes.position()) >= 0) {
                // until the range is full
            }
            layout.feed(next, bytes.flip(), mappings::add);
        }
    }

    public DiskLayout layout() {
        return layout;
    }

    public List<Mapping> mappings() {
        return mappings;
    }

    /** Writes the virtual disk as a raw file of exactly its virtual size. */
    public void writeTo(Path image, Path raw) throws IOException {
        long size = layout.virtualSize().orElseThrow();
        try (FileChannel in = FileChannel.open(image);
                FileChannel out = FileChannel.open(raw, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                ClusterDecoder decoder = new ClusterDecoder()) {
            for (Mapping mapping : mappings) {
                if (mapping.extent().isData()) {
                    copy(in, out, decoder, mapping);
                }
            }
            if (out.size() < size) {
                out.write(ByteBuffer.allocate(1), size - 1);
            }
            out.truncate(size);
        }
    }

    private static void copy(FileChannel in, FileChannel out, ClusterDecoder decoder, Mapping mapping)
            throws IOException {
        if (mapping.encoding() == Encoding.PLAIN) {
            long length = Math.min(mapping.fileLength(), Math.max(0, in.size() - mapping.fileOffset()));
            for (long done = 0; done < length;) {
                done += out.transferFrom(in.position(mapping.fileOffset() + done),
                        mapping.extent().start() + done, length - done);
            }
            return;
        }
        ByteBuffer stored = ByteBuffer
                .allocate((int) Math.min(mapping.fileLength(), in.size() - mapping.fileOffset()));
        while (stored.hasRemaining() && in.read(stored, mapping.fileOffset() + stored.position()) >= 0) {
            // until the range is full
        }
        ByteBuffer decoded = ByteBuffer.allocateDirect((int) mapping.decodedLength());
        decoder.decode(mapping, stored.flip(), decoded);
        decoded.limit((int) mapping.extent().length());
        out.write(decoded, mapping.extent().start());
    }

    /** What a command printed; the test fails when it exits with anything but 0. */
    public static String command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", words) + " failed: " + output);
        }
        return output;
    }
}
