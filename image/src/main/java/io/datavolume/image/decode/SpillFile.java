package io.datavolume.image.decode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spill: records of a header (offset in the image u64, length u32, CRC-32C of the bytes u32) and the
 * bytes. Only appended to, so that a length names a state.
 */
final class SpillFile implements Closeable {

    private static final int HEADER = Long.BYTES + 2 * Integer.BYTES;
    private static final int MAX_RECORD = 64 << 20;

    /** Takes one record met while restoring. */
    interface Visitor {
        void record(long start, int length, long position);
    }

    private final Path path;
    private final long shared;
    private long limit;
    private @Nullable FileChannel channel;
    private long length;
    private boolean full;

    SpillFile(Path path, long limit, long shared) {
        this.path = path;
        this.limit = limit;
        this.shared = shared;
    }

    /** Limits the file so that this many bytes find room beside it. */
    void leave(long bytes) {
        limit = Math.min(limit, Math.max(0, shared - bytes));
    }

    /** @return where the bytes stand in the file, or -1 when there is no room */
    long append(long start, ByteBuffer bytes) throws IOException {
        if (full || length + HEADER + bytes.remaining() > limit) {
            return -1;
        }
        FileChannel out = open();
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(start).putInt(bytes.remaining())
                .putInt((int) crc.getValue()).flip();
        long position = length + HEADER;
        long end = position + bytes.remaining();
        try {
            writeFully(out, header, length);
            writeFully(out, bytes, position);
        } catch (IOException e) {
            // Most likely no space: the next area, or the caller, decides. What was written is not counted.
            full = true;
            return -1;
        }
        length = end;
        return position;
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += out.write(bytes, at);
        }
    }

    void read(long position, ByteBuffer target) throws IOException {
        FileChannel in = open();
        long at = position;
        while (target.hasRemaining()) {
            int n = in.read(target, at);
            if (n < 0) {
                throw new IOException("the spill file " + path + " ended early");
            }
            at += n;
        }
    }

    void restore(long expected, Visitor visitor) throws IOException {
        if (expected == 0) {
            return;
        }
        FileChannel in = open();
        if (in.size() < expected) {
            throw new IllegalArgumentException("the spill file " + path + " is shorter than the journal says");
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        while (length < expected) {
            read(length, header.clear());
            long start = header.getLong(0);
            int size = header.getInt(Long.BYTES);
            if (start < 0 || size <= 0 || size > MAX_RECORD || length + HEADER + size > expected) {
                throw new IllegalArgumentException("the spill file " + path + " is damaged at offset " + length);
            }
            ByteBuffer bytes = ByteBuffer.allocate(size);
            read(length + HEADER, bytes);
            CRC32C crc = new CRC32C();
            crc.update(bytes.flip());
            if ((int) crc.getValue() != header.getInt(Long.BYTES + Integer.BYTES)) {
                throw new IllegalArgumentException("the spill file " + path + " is damaged at offset " + length);
            }
            visitor.record(start, size, length + HEADER);
            length += HEADER + size;
        }
    }

    private synchronized FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    long room() {
        return full ? 0 : Math.max(0, limit - length);
    }

    long length() {
        return length;
    }

    void sync() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            open.force(false);
        }
    }

    void delete() throws IOException {
        close();
        length = 0;
        Files.deleteIfExists(path);
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
