package io.datavolume.image.decode;

import io.datavolume.image.Encoding;
import io.datavolume.image.Extent;
import io.datavolume.image.Mapping;
import io.datavolume.image.failure.NeedsScratchException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Data mappings in order of their file offset, in bounded memory: what exceeds the bound goes to sorted runs in
 * a folder and is merged as it is taken. A finely fragmented image of many TiB so costs disk, not heap.
 */
final class MappingQueue implements Closeable {

    private static final Comparator<Mapping> FILE_ORDER = Comparator.comparingLong(Mapping::fileOffset)
            .thenComparingLong(m -> m.extent().start());
    private static final int RECORD_BYTES = 5 * Long.BYTES + Byte.BYTES;

    private final int inMemory;
    private final @Nullable Path folder;
    private final PriorityQueue<Mapping> heap = new PriorityQueue<>(FILE_ORDER);
    private final List<Run> runs = new ArrayList<>();

    /**
     * @param inMemory mappings kept on the heap (about 100 bytes each)
     * @param folder where runs may be written, or null for nowhere
     */
    MappingQueue(int inMemory, @Nullable Path folder) {
        this.inMemory = inMemory;
        this.folder = folder;
    }

    void add(Mapping mapping) throws IOException {
        if (heap.size() >= inMemory) {
            spillHeap();
        }
        heap.add(mapping);
    }

    /** The mapping with the lowest file offset, or null. */
    @Nullable
    Mapping peek() {
        Mapping best = heap.peek();
        for (Run run : runs) {
            if (run.head != null && (best == null || FILE_ORDER.compare(run.head, best) < 0)) {
                best = run.head;
            }
        }
        return best;
    }

    /** Removes and returns the mapping with the lowest file offset, or null. */
    @Nullable
    Mapping poll() throws IOException {
        Mapping best = peek();
        if (best != null && best == heap.peek()) {
            return heap.poll();
        }
        for (Run run : runs) {
            if (run.head == best && best != null) {
                run.advance();
                if (run.head == null) {
                    run.close();
                    runs.remove(run);
                }
                return best;
            }
        }
        return best;
    }

    private void spillHeap() throws IOException {
        if (folder == null) {
            throw new NeedsScratchException((long) heap.size() * RECORD_BYTES * 16,
                    "The image is so fragmented that its map does not fit in memory; give a scratch folder");
        }
        Path file = Files.createTempFile(folder, ".cdi-map-", ".run");
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            for (Mapping m = heap.poll(); m != null; m = heap.poll()) {
                out.writeLong(m.fileOffset());
                out.writeLong(m.fileLength());
                out.writeLong(m.extent().start());
                out.writeLong(m.extent().length());
                out.writeLong(m.decodedLength());
                out.writeByte(m.encoding().ordinal());
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        runs.add(new Run(file));
    }

    @Override
    public void close() throws IOException {
        for (Run run : runs) {
            run.close();
        }
        runs.clear();
        heap.clear();
    }

    private static final class Run implements Closeable {

        private static final Encoding[] ENCODINGS = Encoding.values();

        private final DataInputStream in;
        private long left;
        private @Nullable Mapping head;

        Run(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
            left = channel.size() / RECORD_BYTES;
            in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
            advance();
        }

        void advance() throws IOException {
            if (left == 0) {
                head = null;
                return;
            }
            left--;
            long fileOffset = in.readLong();
            long fileLength = in.readLong();
            Extent extent = new Extent(in.readLong(), in.readLong(), Extent.Kind.DATA);
            long decodedLength = in.readLong();
            head = new Mapping(extent, fileOffset, fileLength, ENCODINGS[in.readByte()], decodedLength);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
