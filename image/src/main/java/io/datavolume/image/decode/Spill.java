package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import io.datavolume.image.failure.NeedsScratchException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of a stream that passed before their place was known, kept in bounded room: memory first, then files in
 * the order given (the target's own filesystem, a scratch folder). Not thread-safe for writing; written bytes may be
 * read by other threads.
 */
public final class Spill implements Closeable {

    /**
     * A file that may be filled.
     *
     * @param file to be created; removed on {@link #delete}
     * @param bytes room in it
     * @param shared bytes free on the filesystem where what is kept will be written to a second time, if this is that
     *        one; else {@link Long#MAX_VALUE}
     */
    public record Area(Path file, long bytes, long shared) {

        /** On the target's own filesystem: what is kept there must leave room for itself. */
        public static Area besideTarget(Path file, long free) {
            return new Area(file, free / 2, free);
        }

        public static Area elsewhere(Path file, long free) {
            return new Area(file, free, Long.MAX_VALUE);
        }
    }

    /** Heap that one kept piece costs besides its bytes. */
    private static final int ENTRY_COST = 160;

    private record Entry(long start, int length, SpillFile file, long position, ByteBuffer memory) {
        long end() {
            return start + length;
        }
    }

    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);

    private final long memoryBytes;
    private final List<SpillFile> files;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final SpillFile inMemory = new SpillFile(Path.of(""), 0, 0);
    private long memoryUsed;

    public Spill(long memoryBytes, List<Area> areas) {
        this.memoryBytes = memoryBytes;
        this.files = areas.stream().map(a -> new SpillFile(a.file(), a.bytes(), a.shared())).toList();
    }

    /**
     * Reads back what an earlier run had kept.
     *
     * @param lengths length of each area's file at the last checkpoint, as {@link #persist} returned them
     * @throws IllegalArgumentException when a file is shorter or damaged; the import then starts anew
     */
    public void restore(List<Long> lengths) throws IOException {
        if (lengths.size() != files.size()) {
            throw new IllegalArgumentException(
                    "the journal names " + lengths.size() + " spill files, not " + files.size());
        }
        for (int i = 0; i < files.size(); i++) {
            SpillFile file = files.get(i);
            file.restore(lengths.get(i), (start, length, position) -> entries.put(start,
                    new Entry(start, length, file, position, NOWHERE)));
        }
    }

    /** Keeps the remaining bytes of the buffer, which stand at this offset of the image file; twice is once. */
    public void put(long fileOffset, ByteBuffer bytes) throws IOException {
        long end = fileOffset + bytes.remaining();
        for (long start = coveredFrom(fileOffset); start < end; start = coveredFrom(start)) {
            Long next = entries.higherKey(start);
            int length = (int) (Math.min(end, next == null ? end : next) - start);
            putNew(start, bytes.slice(bytes.position() + (int) (start - fileOffset), length));
        }
    }

    private void putNew(long start, ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        if (memoryUsed + length + ENTRY_COST <= memoryBytes) {
            ByteBuffer copy = ByteBuffer.allocate(length).put(bytes).flip();
            entries.put(start, new Entry(start, length, inMemory, 0, copy));
            memoryUsed += length + ENTRY_COST;
        } else {
            toFile(start, bytes);
        }
    }

    private void toFile(long fileOffset, ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        for (SpillFile file : files) {
            long position = file.append(fileOffset, bytes);
            if (position >= 0) {
                entries.put(fileOffset, new Entry(fileOffset, length, file, position, NOWHERE));
                return;
            }
        }
        long kept = entries.values().stream().mapToLong(Entry::length).sum();
        throw new NeedsScratchException(2 * (kept + length),
                "The image's tables come after its data, and there is no room to keep the data until they are"
                        + " known (" + kept + " bytes kept so far); give a scratch folder");
    }

    public boolean contains(ByteRange range) {
        return coveredFrom(range.start()) >= range.end();
    }

    /** Where the next kept byte at or after {@code start} stands, or {@link Long#MAX_VALUE}. */
    long nextKept(long start) {
        if (coveredFrom(start) > start) {
            return start;
        }
        Long next = entries.higherKey(start);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** First offset at or after {@code start} that is not kept, when all between is kept. */
    long coveredFrom(long start) {
        long end = start;
        for (Map.Entry<Long, Entry> e = entries.floorEntry(end); e != null && e.getValue().end() > end; e = entries
                .floorEntry(end)) {
            end = e.getValue().end();
        }
        return end;
    }

    /** Fills the buffer from an offset; the range must be {@linkplain #contains contained}. */
    public void read(long start, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            Map.Entry<Long, Entry> floor = entries.floorEntry(start);
            if (floor == null || floor.getValue().end() <= start) {
                throw new IllegalStateException("not kept: offset " + start);
            }
            Entry entry = floor.getValue();
            int skip = (int) (start - entry.start());
            int length = Math.min(entry.length() - skip, target.remaining());
            if (entry.file() == inMemory) {
                target.put(entry.memory().slice(skip, length));
            } else {
                entry.file().read(entry.position() + skip, target.slice().limit(length));
                target.position(target.position() + length);
            }
            start += length;
        }
    }

    /**
     * Tells how many bytes will have to be kept, wherever, so that those in the target's filesystem leave room for all.
     */
    void expect(long bytes) {
        files.forEach(file -> file.leave(bytes));
    }

    /** Bytes that could still be kept. */
    public long room() {
        long room = Math.max(0, memoryBytes - memoryUsed);
        for (SpillFile file : files) {
            room = Math.addExact(room, file.room());
        }
        return room;
    }

    /** Moves what is in memory to the files. Call {@link #sync} before the result is trusted. */
    public List<Long> persist() throws IOException {
        List<Entry> move = new ArrayList<>();
        entries.values().stream().filter(e -> e.file() == inMemory).forEach(move::add);
        for (Entry entry : move) {
            toFile(entry.start(), entry.memory().duplicate());
            memoryUsed -= entry.length() + ENTRY_COST;
        }
        return files.stream().map(SpillFile::length).toList();
    }

    /** Makes what {@link #persist} wrote durable. */
    public void sync() throws IOException {
        for (SpillFile file : files) {
            file.sync();
        }
    }

    /** Forgets everything and removes the files. */
    public void delete() throws IOException {
        entries.clear();
        memoryUsed = 0;
        for (SpillFile file : files) {
            file.delete();
        }
    }

    @Override
    public void close() throws IOException {
        for (SpillFile file : files) {
            file.close();
        }
    }
}
