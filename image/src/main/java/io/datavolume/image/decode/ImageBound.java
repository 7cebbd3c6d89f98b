package io.datavolume.image.decode;

import io.datavolume.image.DiskLayout;
import io.datavolume.image.Violation;
import io.datavolume.image.failure.ImageRefusedException;

/**
 * How long a decompressed image may be. Gaps that no table names, and what follows the last cluster, are passed over:
 * a thousandth or a millionth of them is enough to send, so something must end them. Snapshots and unused clusters
 * make an image longer than its disk, but not many times.
 */
final class ImageBound {

    private static final int TIMES = 8;
    private static final long LEAST_DISK = 1L << 30;

    private final DiskLayout layout;

    ImageBound(DiskLayout layout) {
        this.layout = layout;
    }

    /** @throws ImageRefusedException when the stream has gone on for too long */
    void passed(long position) throws ImageRefusedException {
        long disk = Math.max(LEAST_DISK, layout.virtualSize().orElse(0));
        if (position / TIMES > disk) {
            throw new ImageRefusedException(layout.format().id() + " image",
                    new Violation("ratio", position, Long.toString(position), "the decompressed image is longer than "
                            + TIMES
                            + " times its disk and does not end; decompress it first if it is really that long"));
        }
    }
}
