package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import io.datavolume.image.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Leaves out what lies in holes of a sparse source file (preallocated metadata maps terabytes of them). Holes are
 * asked for only after a chunk of zeros was read, since the question costs a native call.
 */
final class HoleSkipper {

    private final RangeReader reader;
    private final Volume volume;
    private final Counters counters;
    private volatile boolean likely;
    private long nextData;

    HoleSkipper(RangeReader reader, Volume volume, Counters counters) {
        this.reader = reader;
        this.volume = volume;
        this.counters = counters;
    }

    /** Learns from a chunk that was read, position 0 to limit. */
    void saw(ByteBuffer chunk) {
        if (!likely && chunk.limit() > Long.BYTES && chunk.getLong(0) == 0
                && chunk.slice(0, chunk.limit() - Long.BYTES)
                        .mismatch(chunk.slice(Long.BYTES, chunk.limit() - Long.BYTES)) < 0) {
            likely = true;
        }
    }

    /** Whether the range lies in a hole; its pieces then read as zeros in the volume. Called by one thread at a time. */
    boolean skip(ByteRange range, List<Piece> pieces) throws IOException {
        if (!likely || !pieces.stream().allMatch(Piece::plain)) {
            return false;
        }
        if (range.start() >= nextData || nextData < range.end()) {
            nextData = reader.nextData(range.start());
        }
        if (nextData < range.end()) {
            nextData = 0;
            return false;
        }
        for (Piece piece : pieces) {
            volume.zero(piece.guestOffset(), piece.guestLength());
            counters.addWritten(piece.guestLength());
        }
        return true;
    }
}
