package io.datavolume.image.compress;

import java.io.IOException;

final class TarDiskStream extends Stage {

    TarDiskStream(Input input, RestartPoint from) {
        super(Compression.TAR, input, from);
    }

    @Override
    int decode(byte[] into, int offset, int length) throws IOException {
        throw Damage.damaged(kind, 0, "tar", "not yet read");
    }

    @Override
    void release() {
    }
}
