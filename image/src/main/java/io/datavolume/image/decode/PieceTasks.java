package io.datavolume.image.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Hands pieces to the writing threads: whole batches of plain data, compressed clusters in portions. */
final class PieceTasks {

    /** Stored compressed bytes that one task inflates, so that all threads have work. */
    private static final long INFLATE_BATCH = 128 << 10;

    private final PieceWriter writer;
    private final Pipeline pipeline;
    private final Spill spill;

    PieceTasks(PieceWriter writer, Pipeline pipeline, Spill spill) {
        this.writer = writer;
        this.pipeline = pipeline;
        this.spill = spill;
    }

    /** Writes pieces that lie in a leased buffer whose index 0 is file offset {@code base}. */
    void submit(List<Piece> pieces, BufferPool.Lease lease, long base) throws IOException {
        List<Piece> batch = new ArrayList<>();
        long compressed = 0;
        for (Piece piece : pieces) {
            batch.add(piece);
            compressed += piece.plain() ? 0 : piece.to() - piece.from();
            if (compressed >= INFLATE_BATCH) {
                submitBatch(batch, lease, base);
                batch = new ArrayList<>();
                compressed = 0;
            }
        }
        if (!batch.isEmpty()) {
            submitBatch(batch, lease, base);
        }
    }

    private void submitBatch(List<Piece> batch, BufferPool.Lease lease, long base) throws IOException {
        lease.share();
        ByteBuffer buffer = lease.buffer();
        pipeline.submit(() -> {
            for (Piece piece : batch) {
                writer.write(piece, buffer, base);
            }
        }, lease::release);
    }

    /** Writes a piece whose bytes were kept in the spill; in this thread, since the spill serves one at a time. */
    void writeKept(Piece piece) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (piece.to() - piece.from()));
        spill.read(piece.from(), bytes);
        writer.write(piece, bytes.flip(), piece.from());
    }
}
