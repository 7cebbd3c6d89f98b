package io.datavolume.importer.flow;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.source.ChannelStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A stream that will only be begun: it is asked for in ranges that grow, or the server would send for as long as its and
 * our sockets take it, which is megabytes that nobody reads.
 */
final class GrowingRanges extends ChannelStream {

    private static final long FIRST = 256 << 10;
    private static final long LARGEST = 4 << 20;

    private final RangeReader reader;
    private long next;
    private long step = FIRST;
    private @Nullable ReadableByteChannel part;
    private boolean closed;

    /** @param offset of the first byte */
    GrowingRanges(RangeReader reader, long offset) {
        this.reader = reader;
        this.next = offset;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (part != null || next < reader.length()) {
            int count = open().read(target);
            if (count >= 0) {
                return count;
            }
            closePart();
        }
        return -1;
    }

    private ReadableByteChannel open() throws IOException {
        ReadableByteChannel present = part;
        if (present == null) {
            long size = Math.min(step, reader.length() - next);
            present = reader.open(new ByteRange(next, size));
            part = present;
            next += size;
            step = Math.min(LARGEST, 2 * step);
        }
        return present;
    }

    private void closePart() throws IOException {
        ReadableByteChannel present = part;
        part = null;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        closePart();
    }
}
