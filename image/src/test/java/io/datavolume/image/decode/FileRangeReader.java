package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** Ranges of a local file, for tests of the drivers. */
final class FileRangeReader implements RangeReader {

    private final FileChannel channel;

    FileRangeReader(Path file) throws IOException {
        channel = FileChannel.open(file);
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public ReadableByteChannel open(ByteRange range) {
        return new ReadableByteChannel() {
            private long position = range.start();

            @Override
            public int read(ByteBuffer target) throws IOException {
                if (position >= range.end()) {
                    return -1;
                }
                int limit = target.limit();
                target.limit((int) Math.min(limit, target.position() + (range.end() - position)));
                int n = channel.read(target, position);
                target.limit(limit);
                position += Math.max(n, 0);
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // the file stays open for other ranges
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
