package io.datavolume.image.decode;

import io.datavolume.image.Extent;
import io.datavolume.image.volume.Volume;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the empty extents of an image read as zeros; joins neighbours, since each may be a call to the kernel. */
final class EmptyExtents {

    private final Volume volume;
    private @Nullable Extent pending;

    EmptyExtents(Volume volume) {
        this.volume = volume;
    }

    void add(Extent extent) throws IOException {
        if (pending != null && pending.end() == extent.start()) {
            pending = new Extent(pending.start(), pending.length() + extent.length(), extent.kind());
            return;
        }
        flush();
        pending = extent;
    }

    /** Zeroes what is pending. */
    void flush() throws IOException {
        if (pending != null) {
            volume.zero(pending.start(), pending.length());
            pending = null;
        }
    }
}
