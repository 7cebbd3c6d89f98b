package io.datavolume.importer.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A stream that is a channel, too: whoever has a buffer reads without a copy in between. */
public abstract class ChannelStream extends InputStream implements ReadableByteChannel {

    @Override
    public abstract int read(ByteBuffer target) throws IOException;

    @Override
    public abstract void close() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        return read(ByteBuffer.wrap(target, offset, length));
    }
}
