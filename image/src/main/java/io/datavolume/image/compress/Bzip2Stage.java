package io.datavolume.image.compress;

import java.io.IOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/** bzip2 streams one after the other; can only start again at its beginning. */
final class Bzip2Stage extends Stage {

    private @Nullable BZip2CompressorInputStream decoder;

    Bzip2Stage(Input input, RestartPoint from) {
        super(Compression.BZIP2, input, from);
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        if (decoder == null) {
            decoder = new BZip2CompressorInputStream(input, true);
        }
        return decoder.read(into, offset, length);
    }

    @Override
    IOException explained(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("after a valid")) {
            return Damage.trailingGarbage(kind, input.position());
        }
        // The decoder has no exception of its own for an early end.
        return input.ended() && input.buffered() == 0 ? Damage.truncated(kind, input.position()) : super.explained(e);
    }

    @Override
    void release() {
        decoder = null;
    }
}
