package io.datavolume.image.compress;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;

/**
 * Streams of the <a href="https://tukaani.org/xz/xz-file-format.txt">.xz file format</a> one after the other. Blocks
 * whose headers tell their sizes are decoded in parallel; each block is a restart point.
 */
final class XzStage extends Stage {

    /** Enough for the largest preset (-9: a dictionary of 64 MiB). */
    private static final long LEAST_MEMORY = 80L << 20;

    private final int limitKib;
    private final XzBlockPool pool;
    private boolean first = true;
    private boolean inStream;
    private int check;
    private XzRecords records = new XzRecords();
    /** Read, but not yet begun. */
    private @Nullable XzBlockHeader header;
    private @Nullable XzBlockInput block;
    private @Nullable SingleXZInputStream decoder;
    private XzBlockPool.@Nullable Piece piece;
    private int next;
    /** Offset in the output behind the last block that was begun. */
    private long planned;
    private boolean ended;

    XzStage(Input input, RestartPoint from, DecodeLimits limits) throws IOException {
        super(Compression.XZ, input, from);
        this.limitKib = (int) Math.min(Integer.MAX_VALUE, Math.max(limits.memoryBytes(), LEAST_MEMORY) / 1024);
        this.pool = new XzBlockPool(limits);
        this.planned = from.offset();
        if (from.state().length > 0) {
            restore(from.state());
        }
    }

    private void restore(byte[] saved) throws IOException {
        try {
            ByteBuffer state = ByteBuffer.wrap(saved);
            check = state.get() & 0xf;
            records = XzRecords.restore(state);
            inStream = true;
            first = false;
        } catch (BufferUnderflowException e) {
            throw new IOException("The restart point of an xz stream has a state that is too short", e);
        }
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        while (true) {
            if (piece != null) {
                if (next < piece.length()) {
                    int count = Math.min(length, piece.length() - next);
                    System.arraycopy(piece.bytes(), next, into, offset, count);
                    next += count;
                    return count;
                }
                pool.release(piece);
                piece = null;
            }
            if (decoder != null && block != null) {
                int count = decoder.read(into, offset, length);
                if (count >= 0) {
                    return count;
                }
                records.add(block.unpadded(), block.uncompressed());
                planned = position();
                decoder = null;
                block = null;
            }
            begin();
            if (!pool.isEmpty()) {
                piece = pool.take();
                next = 0;
            } else if (decoder == null && ended) {
                return -1;
            }
        }
    }

    /** Begins as many blocks as threads and memory allow; one alone if it is not fit for the pool. */
    private void begin() throws IOException {
        while (decoder == null && !ended) {
            XzBlockHeader coming = header == null ? nextHeader() : header;
            header = coming;
            if (coming == null) {
                ended = true;
            } else if (pool.fits(coming)) {
                if (!pool.accepts(coming)) {
                    return;
                }
                header = null;
                records.add(pool.add(input, coming, check), coming.uncompressed());
                planned += coming.uncompressed();
            } else {
                if (!pool.isEmpty()) {
                    return;
                }
                header = null;
                block = new XzBlockInput(input, coming, check);
                decoder = new SingleXZInputStream(block, limitKib);
            }
        }
    }

    /** The header of the next block, of this stream or a following one; null behind the last. */
    private @Nullable XzBlockHeader nextHeader() throws IOException {
        while (inStream || nextStream()) {
            long start = input.position();
            int size = input.octet();
            if (size != 0) {
                if (start > 0) {
                    marks.add(new RestartPoint(start, planned, records.save(check)));
                }
                return XzBlockHeader.read(input, size, start);
            }
            records.verify(input, check, start);
            inStream = false;
        }
        return null;
    }

    private boolean nextStream() throws IOException {
        if (!first) {
            long start = input.position();
            boolean end = input.onlyZerosLeft();
            // Stream padding comes in units of four bytes, section 2.2.
            if ((input.position() - start) % 4 != 0) {
                throw Damage.trailingGarbage(kind, start);
            }
            if (end) {
                return false;
            }
            if (!input.fill(XzFields.STREAM_HEADER)) {
                throw Damage.trailingGarbage(kind, input.position());
            }
        }
        long start = input.position();
        check = XzFields.streamHeader(input.exactly(XzFields.STREAM_HEADER), start, first);
        records = new XzRecords();
        first = false;
        inStream = true;
        return true;
    }

    @Override
    IOException explained(Exception e) {
        return e instanceof MemoryLimitException limit
                ? Damage.memoryLimit(kind, input.position(), limit.getMemoryNeeded() * 1024L, limitKib * 1024L)
                : super.explained(e);
    }

    @Override
    void release() {
        pool.close();
        decoder = null;
    }
}
