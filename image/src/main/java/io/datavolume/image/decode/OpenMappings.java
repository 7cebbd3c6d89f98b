package io.datavolume.image.decode;

import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The mappings still to be written, taken window by window in file order. */
final class OpenMappings implements Closeable {

    private final MappingQueue queue;
    private final List<Mapping> open = new ArrayList<>();

    OpenMappings(MappingQueue queue) {
        this.queue = queue;
    }

    void add(Mapping mapping) throws IOException {
        queue.add(mapping);
    }

    /**
     * Takes what can be written from the file range {@code [start, end)}: plain data clipped to it, compressed
     * clusters that end in it. Windows follow one another without going back, except to {@link #firstOpen()}.
     *
     * @param last whether the file ends with this window, so that upper bounds behind it are cut
     */
    List<Piece> take(long start, long end, boolean last) throws IOException {
        for (Mapping next = queue.peek(); next != null && next.fileOffset() < end; next = queue.peek()) {
            Mapping taken = queue.poll();
            if (taken != null) {
                open.add(clipGrain(taken));
            }
        }
        List<Piece> pieces = new ArrayList<>(open.size());
        for (Iterator<Mapping> all = open.iterator(); all.hasNext();) {
            Mapping mapping = all.next();
            long mappingEnd = endOf(mapping);
            if (mapping.encoding() == Encoding.PLAIN) {
                pieces.add(new Piece(mapping, Math.max(start, mapping.fileOffset()), Math.min(end, mappingEnd)));
            } else if (mappingEnd <= end || last) {
                pieces.add(new Piece(mapping, mapping.fileOffset(), Math.min(end, mappingEnd)));
            } else {
                continue;
            }
            if (mappingEnd <= end) {
                all.remove();
            } else if (last && mapping.encoding() != Encoding.PLAIN) {
                all.remove();
            }
        }
        return pieces;
    }

    /** A grain's length is not in its table: it ends where the next one begins at the latest. */
    private Mapping clipGrain(Mapping mapping) {
        Mapping next = queue.peek();
        if (mapping.encoding() != Encoding.VMDK_GRAIN || next == null || next.fileOffset() <= mapping.fileOffset()
                || next.fileOffset() >= endOf(mapping)) {
            return mapping;
        }
        return new Mapping(mapping.extent(), mapping.fileOffset(), next.fileOffset() - mapping.fileOffset(),
                mapping.encoding(), mapping.decodedLength());
    }

    /** File offset of the first compressed cluster that has begun and not ended, or {@link Long#MAX_VALUE}. */
    long firstOpen() {
        long first = Long.MAX_VALUE;
        for (Mapping mapping : open) {
            if (mapping.encoding() != Encoding.PLAIN) {
                first = Math.min(first, mapping.fileOffset());
            }
        }
        return first;
    }

    /** Compressed clusters that have begun and not ended. */
    List<Mapping> openCompressed() {
        return open.stream().filter(m -> m.encoding() != Encoding.PLAIN).toList();
    }

    /** Where the next window that yields something begins, at {@code from} or later; MAX_VALUE for nowhere. */
    long nextStart(long from) {
        long first = firstOpen();
        for (Mapping mapping : open) {
            if (mapping.encoding() == Encoding.PLAIN) {
                first = Math.min(first, Math.max(from, mapping.fileOffset()));
            }
        }
        Mapping next = queue.peek();
        return next == null ? first : Math.min(first, next.fileOffset());
    }

    /** Length of the longest compressed cluster that begins at the offset, 0 if there is none. */
    long compressedLengthAt(long offset) {
        long length = 0;
        for (Mapping mapping : open) {
            if (mapping.encoding() != Encoding.PLAIN && mapping.fileOffset() == offset) {
                length = Math.max(length, mapping.fileLength());
            }
        }
        Mapping next = queue.peek();
        if (next != null && next.encoding() != Encoding.PLAIN && next.fileOffset() == offset) {
            length = Math.max(length, next.fileLength());
        }
        return length;
    }

    boolean isEmpty() {
        return open.isEmpty() && queue.peek() == null;
    }

    static long endOf(Mapping mapping) {
        return mapping.fileLength() == Mapping.TO_THE_END
                ? Long.MAX_VALUE
                : mapping.fileOffset() + mapping.fileLength();
    }

    @Override
    public void close() throws IOException {
        queue.close();
    }
}
