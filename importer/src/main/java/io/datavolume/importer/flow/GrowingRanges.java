package io.datavolume.importer.flow;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.importer.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A source of which a stream is only begun: it is asked for in ranges that grow, or the server would send for as long as
 * its and our sockets take it, which is megabytes that nobody reads.
 */
record ThriftySource(Source source, RangeReader reader) implements Source {

    private static final long FIRST = 256 << 10;
    private static final long LARGEST = 4 << 20;

    /** The source itself where it has no ranges. */
    static Source of(Source source) throws IOException {
        Optional<RangeReader> ranges = source.ranges();
        return ranges.isPresent() ? new ThriftySource(source, ranges.get()) : source;
    }

    @Override
    public InputStream stream(long offset) {
        return new InputStream() {
            private long next = offset;
            private long step = FIRST;
            private @Nullable InputStream part;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int start, int length) throws IOException {
                while (true) {
                    InputStream present = part;
                    if (present == null) {
                        if (next >= reader.length()) {
                            return -1;
                        }
                        long size = Math.min(step, reader.length() - next);
                        present = Channels.newInputStream(reader.open(new ByteRange(next, size)));
                        part = present;
                        next += size;
                        step = Math.min(LARGEST, 2 * step);
                    }
                    int count = present.read(buffer, start, length);
                    if (count >= 0) {
                        return count;
                    }
                    close();
                }
            }

            @Override
            public void close() throws IOException {
                InputStream present = part;
                part = null;
                if (present != null) {
                    present.close();
                }
            }
        };
    }

    @Override
    public String displayName() {
        return source.displayName();
    }

    @Override
    public OptionalLong length() {
        return source.length();
    }

    @Override
    public Optional<String> validator() {
        return source.validator();
    }

    @Override
    public Optional<RangeReader> ranges() {
        return Optional.of(reader);
    }

    @Override
    public long bytesReceived() {
        return source.bytesReceived();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
