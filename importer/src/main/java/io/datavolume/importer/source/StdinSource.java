package io.datavolume.importer.source;

import io.datavolume.image.decode.RangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Standard input: once, from its beginning, of unknown length. */
public final class StdinSource implements Source {

    private final InputStream input;
    private final LongAdder received = new LongAdder();
    private boolean taken;

    /** @param input usually {@link System#in} */
    public StdinSource(InputStream input) {
        this.input = input;
    }

    @Override
    public String displayName() {
        return "standard input";
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<String> validator() {
        return Optional.empty();
    }

    /** @throws IllegalStateException when it was asked for before, or from another offset than 0 */
    @Override
    public InputStream stream(long offset) {
        if (offset != 0 || taken) {
            throw new IllegalStateException("standard input can be read once, from its beginning");
        }
        taken = true;
        return new Counted();
    }

    @Override
    public Optional<RangeReader> ranges() {
        return Optional.empty();
    }

    @Override
    public long bytesReceived() {
        return received.sum();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private final class Counted extends InputStream implements ReadableByteChannel {

        private byte[] between = new byte[0];
        private boolean closed;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            int count = input.read(target, offset, length);
            received.add(Math.max(0, count));
            return count;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (between.length == 0) {
                between = new byte[256 << 10];
            }
            int count = read(between, 0, Math.min(between.length, target.remaining()));
            if (count > 0) {
                target.put(between, 0, count);
            }
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
}
