package io.datavolume.image.decode;

import io.datavolume.image.codec.ClusterDecoder;
import io.datavolume.image.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes pieces into a volume, inflating where needed. One decoder and one buffer per thread. */
final class PieceWriter implements AutoCloseable {

    private static final int SMALLEST_BUFFER = 1 << 16;

    private final Volume volume;
    private final Counters counters;
    private final List<ClusterDecoder> decoders = new ArrayList<>();
    private final ThreadLocal<Workspace> workspace = ThreadLocal.withInitial(this::newWorkspace);

    PieceWriter(Volume volume, Counters counters) {
        this.volume = volume;
        this.counters = counters;
    }

    /**
     * @param piece what to write
     * @param buffer holds the piece's file range
     * @param base file offset of the buffer's index 0
     */
    void write(Piece piece, ByteBuffer buffer, long base) throws IOException {
        ByteBuffer stored = buffer.slice((int) (piece.from() - base), (int) (piece.to() - piece.from()));
        int length = (int) piece.guestLength();
        if (length == 0) {
            return;
        }
        if (piece.plain()) {
            volume.write(piece.guestOffset(), stored.limit(Math.min(length, stored.limit())));
        } else {
            Workspace mine = workspace.get();
            ByteBuffer decoded = mine.buffer((int) piece.mapping().decodedLength());
            mine.decoder.decode(piece.mapping(), stored, decoded);
            volume.write(piece.guestOffset(), decoded.limit(length));
        }
        counters.addWritten(length);
    }

    private Workspace newWorkspace() {
        ClusterDecoder decoder = new ClusterDecoder();
        synchronized (decoders) {
            decoders.add(decoder);
        }
        return new Workspace(decoder);
    }

    @Override
    public void close() {
        synchronized (decoders) {
            decoders.forEach(ClusterDecoder::close);
            decoders.clear();
        }
    }

    private static final class Workspace {

        private final ClusterDecoder decoder;
        private ByteBuffer decoded = ByteBuffer.allocateDirect(SMALLEST_BUFFER);

        Workspace(ClusterDecoder decoder) {
            this.decoder = decoder;
        }

        ByteBuffer buffer(int length) {
            if (decoded.capacity() < length) {
                decoded = ByteBuffer.allocateDirect(length);
            }
            return decoded;
        }
    }
}
