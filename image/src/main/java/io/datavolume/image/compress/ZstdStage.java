package io.datavolume.image.compress;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Frames of <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a> one after the other; each start of a frame
 * is a restart point. Skippable frames are skipped.
 */
final class ZstdStage extends Stage {

    static final int MAX_WINDOW_LOG = 27;
    private static final int BUFFER = 128 * 1024;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ByteBuffer source = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final ByteBuffer target = ByteBuffer.allocateDirect(2 * BUFFER).limit(0);
    private final byte[] staging = new byte[BUFFER];
    private boolean inFrame;
    private boolean first = true;
    /** Offset in the input just behind {@link #source}. */
    private long fetched;

    ZstdStage(Input input, RestartPoint from) {
        super(Compression.ZSTD, input, from);
        context.setLongMax(MAX_WINDOW_LOG);
        fetched = input.position();
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        while (!target.hasRemaining()) {
            if (!inFrame && !nextFrame()) {
                return -1;
            }
            advance();
        }
        int count = Math.min(length, target.remaining());
        target.get(into, offset, count);
        return count;
    }

    private void advance() throws IOException {
        target.clear();
        int before = source.position();
        boolean finished;
        try {
            finished = context.decompressDirectByteBufferStream(target, source);
        } catch (ZstdException e) {
            target.limit(0);
            throw Damage.damaged(kind, place(), String.valueOf(e.getMessage()), "the frame cannot be decoded");
        }
        target.flip();
        inFrame = !finished;
        // Only a decoder that neither took nor gave anything is short of input.
        if (inFrame && !target.hasRemaining() && source.position() == before && !fetch()) {
            throw new EOFException();
        }
    }

    private long place() {
        return fetched - source.remaining();
    }

    private boolean fetch() throws IOException {
        source.compact();
        int count = input.read(staging, 0, Math.min(staging.length, source.remaining()));
        if (count > 0) {
            source.put(staging, 0, count);
            fetched += count;
        }
        source.flip();
        return count > 0;
    }

    private boolean have(int count) throws IOException {
        while (source.remaining() < count) {
            if (!fetch()) {
                return false;
            }
        }
        return true;
    }

    private boolean nextFrame() throws IOException {
        while (have(1)) {
            long start = place();
            have(ZstdFrame.MAX_HEADER);
            byte[] head = new byte[Math.min(ZstdFrame.MAX_HEADER, source.remaining())];
            source.get(source.position(), head);
            ZstdFrame frame = ZstdFrame.parse(head, start, first);
            if (frame.skippable()) {
                skipFrame(frame.size());
                first = false;
                continue;
            }
            if (!first) {
                marks.add(new RestartPoint(start, position(), new byte[0]));
            }
            first = false;
            context.reset();
            inFrame = true;
            return true;
        }
        if (first) {
            throw new EOFException();
        }
        return false;
    }

    private void skipFrame(long size) throws IOException {
        long left = size;
        while (left > 0) {
            if (!have(1)) {
                throw new EOFException();
            }
            int step = (int) Math.min(left, source.remaining());
            source.position(source.position() + step);
            left -= step;
        }
    }

    @Override
    void release() {
        context.close();
    }
}
