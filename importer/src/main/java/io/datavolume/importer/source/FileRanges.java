package io.datavolume.importer.source;

import io.datavolume.image.ByteRange;
import io.datavolume.image.decode.RangeReader;
import io.datavolume.image.os.NativeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Ranges of a local file, which knows its holes where the filesystem does. */
final class FileRanges implements RangeReader {

    private final Path path;
    private final FileChannel channel;
    private final long length;
    private final LongAdder received;
    private @Nullable NativeFile file;

    FileRanges(Path path, FileChannel channel, long length, LongAdder received) {
        this.path = path;
        this.channel = channel;
        this.length = length;
        this.received = received;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ReadableByteChannel open(ByteRange range) {
        if (range.end() > length) {
            throw new IllegalArgumentException(range + " ends behind the file's " + length + " bytes");
        }
        return new FileStream(channel, range.start(), range.end(), received);
    }

    @Override
    public long nextData(long offset) throws IOException {
        return offset >= length ? length : Math.min(length, Math.max(offset, holes().seekData(offset)));
    }

    private synchronized NativeFile holes() throws IOException {
        NativeFile present = file;
        if (present == null) {
            present = NativeFile.open(path, NativeFile.Mode.READ);
            file = present;
        }
        return present;
    }

    @Override
    public synchronized void close() throws IOException {
        NativeFile present = file;
        file = null;
        if (present != null) {
            present.close();
        }
    }
}
