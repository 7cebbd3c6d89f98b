package io.datavolume.importer.registry;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A blob inside an archive, read in place. The file belongs to the archive and stays open.
 *
 * @param name for people
 * @param file the archive
 * @param place where the blob is
 * @param digest of the blob
 * @param received bytes read so far
 */
record ArchiveBlob(String name, FileChannel file, ByteRange place, Digest digest,
        LongAdder received) implements Source {

    @Override
    public String displayName() {
        return name;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(place.length());
    }

    @Override
    public Optional<String> validator() {
        return Optional.of(digest.toString());
    }

    @Override
    public InputStream stream(long offset) {
        Objects.checkIndex(offset, place.length() + 1);
        return Channels.newInputStream(channel(new ByteRange(offset, place.length() - offset)));
    }

    @Override
    public Optional<RangeReader> ranges() {
        return Optional.of(new RangeReader() {
            @Override
            public long length() {
                return place.length();
            }

            @Override
            public ReadableByteChannel open(ByteRange range) {
                return channel(range);
            }

            @Override
            public void close() {
                // the archive closes its file
            }
        });
    }

    private ReadableByteChannel channel(ByteRange range) {
        Objects.checkFromIndexSize(range.start(), range.length(), place.length());
        return new ReadableByteChannel() {
            private long next = range.start();
            private boolean open = true;

            @Override
            public int read(ByteBuffer target) throws IOException {
                long left = range.end() - next;
                if (left == 0) {
                    return -1;
                }
                ByteBuffer window = target.slice(target.position(), (int) Math.min(target.remaining(), left));
                int n = file.read(window, place.start() + next);
                if (n < 0) {
                    throw new NeedsUserException(NeedsUserException.Reason.SOURCE_CHANGED,
                            "Failed to read registry image: " + name + " became shorter while it was read");
                }
                target.position(target.position() + n);
                next += n;
                received.add(n);
                return n;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public void close() {
                open = false;
            }
        };
    }

    @Override
    public long bytesReceived() {
        return received.sum();
    }

    @Override
    public void close() {
        // the archive closes its file
    }
}
