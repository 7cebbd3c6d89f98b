package io.datavolume.importer.source;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.LongAdder;

/** A range of a file, read by position, so that several can be read at once. */
final class FileStream extends ChannelStream {

    private final FileChannel channel;
    private final long end;
    private final LongAdder received;
    private long position;
    private boolean closed;

    FileStream(FileChannel channel, long start, long end, LongAdder received) {
        this.channel = channel;
        this.position = start;
        this.end = end;
        this.received = received;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int limit = target.limit();
        target.limit(target.position() + (int) Math.min(target.remaining(), end - position));
        int count = channel.read(target, position);
        target.limit(limit);
        if (count < 0) {
            throw new NeedsUserException(Reason.SOURCE_CHANGED,
                    "Tried to read the source file but it ended at byte " + position + " of " + end
                            + ": it was cut while it was read; start again");
        }
        position += count;
        received.add(count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
