package io.datavolume.importer.http;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** Ranges of an object, each over a connection of its own. */
final class HttpRanges implements RangeReader {

    private final HttpObject object;
    private final Retries retries;
    private final long length;

    HttpRanges(HttpObject object, Retries retries, long length) {
        this.object = object;
        this.retries = retries;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ReadableByteChannel open(ByteRange range) {
        if (range.end() > length) {
            throw new IllegalArgumentException(range + " ends behind the object's " + length + " bytes");
        }
        return new ResumingStream(object, retries, range.start(), OptionalLong.of(range.end()));
    }

    /** The connections belong to the source. */
    @Override
    public void close() {}
}
