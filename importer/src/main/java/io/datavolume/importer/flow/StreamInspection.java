package io.datavolume.importer.flow;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Mapping;
import io.datavolume.image.decode.DiskHead;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.partition.PartitionTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.List;

/** Feeds a layout from a stream whose data is neither kept nor written: its head only, or all of it. */
final class StreamInspection {

    private static final int BUFFER = 64 << 10;

    private final DiskLayout layout;
    private final InputStream stream;
    private final InspectionBuilder found;
    private final DiskHead disk = new DiskHead(PartitionTable.HEAD_BYTES);
    private final byte[] buffer = new byte[BUFFER];
    private byte[] head = {};
    private long position;
    private boolean ended;

    StreamInspection(DiskLayout layout, InputStream stream, InspectionBuilder found) {
        this.layout = layout;
        this.stream = stream;
        this.found = found;
    }

    /**
     * @param headBytes bytes that are read in any case, and kept
     * @param full whether the stream is read to its end
     * @return whether all tables were fed
     */
    boolean run(int headBytes, boolean full) throws IOException {
        head = stream.readNBytes(headBytes);
        position = head.length;
        ended = head.length < headBytes;
        boolean fed = feed(full);
        if (fed && full) {
            advance(Long.MAX_VALUE);
        }
        if (fed && ended) {
            layout.end(position, this::take);
        } else if (layout.virtualSize().isEmpty()) {
            found.notRead("the end of the image, which decides its virtual size; --full reads on");
        }
        boolean keptWhole = ended && position == head.length;
        if (keptWhole || disk.liesWithin(head.length)) {
            found.partitions(PartitionTable.read(disk.read(new HeadReader(head)), layout.virtualSize()));
        } else {
            found.notRead("the partition table: it stands behind the first " + headBytes + " bytes of the stream");
        }
        return fed;
    }

    private void take(Mapping mapping) {
        disk.note(mapping);
        found.allocated(mapping);
    }

    private boolean feed(boolean full) throws IOException {
        for (List<ByteRange> wanted = layout.wanted(); !wanted.isEmpty(); wanted = layout.wanted()) {
            ByteRange range = wanted.stream().filter(this::isAhead).findFirst().orElse(wanted.getFirst());
            if (!isAhead(range)) {
                found.notRead("tables at offset " + range.start() + " of the image: they had passed before it was"
                        + " known that they are needed; unpack the image to have them inspected");
                return false;
            }
            if (range.end() > head.length && !full && !ended) {
                found.notRead("tables from offset " + range.start() + " of the image on: the stream must be decoded"
                        + " to reach them; --full does that");
                return false;
            }
            layout.feed(range, read(range), this::take);
        }
        return true;
    }

    /** Whether the range is kept, or still to come but for what is kept. */
    private boolean isAhead(ByteRange range) {
        return range.start() >= position || range.end() <= head.length
                || range.start() < head.length && position == head.length;
    }

    /** The part of a range that the stream has; shorter than asked at its end. */
    private ByteBuffer read(ByteRange range) throws IOException {
        int kept = (int) Math.clamp(head.length - range.start(), 0, range.length());
        byte[] bytes = kept == 0
                ? new byte[(int) range.length()]
                : Arrays.copyOfRange(head, (int) range.start(), (int) range.end());
        int length = kept;
        if (kept < bytes.length && !ended) {
            advance(range.start());
            int more = stream.readNBytes(bytes, kept, bytes.length - kept);
            position += more;
            length += more;
            ended = length < bytes.length;
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void advance(long to) throws IOException {
        while (position < to && !ended) {
            int count = stream.read(buffer, 0, (int) Math.min(buffer.length, to - position));
            ended = count < 0;
            position += Math.max(0, count);
        }
    }

    /** The head of the stream as an object of its own. */
    private record HeadReader(byte[] bytes) implements RangeReader {

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public ReadableByteChannel open(ByteRange range) {
            return Channels.newChannel(
                    new ByteArrayInputStream(bytes, (int) range.start(), (int) range.length()));
        }

        @Override
        public void close() {
            // bytes in memory
        }
    }
}
