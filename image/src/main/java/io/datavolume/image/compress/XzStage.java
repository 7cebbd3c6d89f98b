package io.datavolume.image.compress;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;

/** xz streams one after the other, with stream padding between them. */
final class XzStage extends Stage {

    private final int limitKib;
    private @Nullable SingleXZInputStream stream;
    private boolean first = true;

    XzStage(Input input, RestartPoint from, DecodeLimits limits) {
        super(Compression.XZ, input, from);
        this.limitKib = (int) Math.min(Integer.MAX_VALUE, Math.max(limits.memoryBytes(), 80L << 20) / 1024);
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        while (true) {
            if (stream == null) {
                if (!first && !more()) {
                    return -1;
                }
                if (!first) {
                    marks.add(new RestartPoint(input.position(), position(), new byte[0]));
                }
                first = false;
                stream = new SingleXZInputStream(input, limitKib);
            }
            int count = stream.read(into, offset, length);
            if (count >= 0) {
                return count;
            }
            stream = null;
        }
    }

    private boolean more() throws IOException {
        long start = input.position();
        if (input.onlyZerosLeft()) {
            if ((input.position() - start) % 4 != 0) {
                throw Damage.trailingGarbage(kind, start);
            }
            return false;
        }
        if ((input.position() - start) % 4 != 0 || input.buffer()[input.next()] != (byte) 0xfd) {
            throw Damage.trailingGarbage(kind, input.position());
        }
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
        stream = null;
    }
}
