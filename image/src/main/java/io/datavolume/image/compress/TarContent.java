package io.datavolume.image.compress;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;

/**
 * The content of an entry: stored bytes with holes between them. Own code, because the library's sparse reader loses
 * bytes over short reads and recurses once per extent.
 */
final class TarContent {

    /** Stored bytes from {@code start} to before {@code end} of the content. */
    private record Extent(long start, long end) {}

    private final List<Extent> extents;
    private final long size;
    private final boolean sparse;
    private int next;

    private TarContent(List<Extent> extents, long size, boolean sparse) {
        this.extents = extents;
        this.size = size;
        this.sparse = sparse;
    }

    static TarContent whole(long size) {
        return new TarContent(List.of(new Extent(0, size)), size, false);
    }

    /** @param offset where its stored bytes begin, for messages */
    static TarContent of(TarArchiveEntry entry, long offset) throws IOException {
        if (!entry.isSparse()) {
            return whole(entry.isDirectory() ? 0 : entry.getSize());
        }
        List<Extent> extents = new ArrayList<>();
        long size = entry.getRealSize();
        long last = 0;
        for (TarArchiveStructSparse sparse : entry.getOrderedSparseHeaders()) {
            long start = sparse.getOffset();
            long length = sparse.getNumbytes();
            if (start < last || length < 0 || length > size - start) {
                throw Damage.refused(Compression.TAR, "entry-size", offset, start + "+" + length,
                        "the map of a sparse entry is not in order or exceeds its size of " + size + " bytes");
            }
            last = start + length;
            if (length > 0) {
                extents.add(new Extent(start, last));
            }
        }
        return new TarContent(extents, size, true);
    }

    /** Bytes that it unpacks to. */
    long size() {
        return size;
    }

    boolean sparse() {
        return sparse;
    }

    /** Bytes it takes in the archive, without the padding to whole records. */
    long stored() {
        long sum = 0;
        for (Extent extent : extents) {
            sum += extent.end() - extent.start();
        }
        return sum;
    }

    /**
     * Reads the content's next bytes.
     *
     * @param position where in the content, in bytes; never less than in the call before
     * @return -1 at its end
     */
    int read(Input input, long position, byte[] into, int offset, int length) throws IOException {
        while (next < extents.size() && extents.get(next).end() <= position) {
            next++;
        }
        long hole = next < extents.size() ? extents.get(next).start() : size;
        if (position < hole) {
            int count = (int) Math.min(length, hole - position);
            Arrays.fill(into, offset, offset + count, (byte) 0);
            return count;
        }
        if (next == extents.size()) {
            return -1;
        }
        int count = input.read(into, offset, (int) Math.min(length, extents.get(next).end() - position));
        if (count < 0) {
            throw new EOFException();
        }
        return count;
    }
}
