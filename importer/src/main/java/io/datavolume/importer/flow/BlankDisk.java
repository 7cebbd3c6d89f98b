package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.volume.Volume;
import io.datavolume.importer.TransferSpec;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Makes a raw disk that holds nothing: a file of holes, or of allocated blocks. A block device is zeroed where
 * preallocation is asked for, else not written at all: whatever it holds belongs to whoever made the volume.
 */
final class BlankDisk {

    private static final long STEP = 1L << 30;

    private BlankDisk() {}

    static boolean isOrdered(TransferSpec spec) {
        return TransferSpec.SourceSpec.BLANK.equals(spec.source().location());
    }

    /**
     * @param zeroed told the bytes that were zeroed so far
     * @return the disk's size in bytes
     */
    static long make(OpenTarget target, TransferSpec spec, LongConsumer zeroed) throws IOException {
        if (spec.checksum().isPresent()) {
            throw new NeedsUserException(Reason.USAGE, "A blank disk has no checksum; leave it out");
        }
        Volume volume = target.volume();
        long size = target.isDevice() && target.finalSize(0) == 0 ? volume.capacity() : target.finalSize(0);
        if (size <= 0 && spec.target().overhead().isPresent()) {
            throw new NeedsUserException(Reason.TOO_LARGE, "The volume's filesystem has " + volume.capacity()
                    + " bytes free, which leaves no room for a disk of 1 MiB. A larger PVC is required");
        }
        if (size <= 0) {
            throw new NeedsUserException(Reason.USAGE, "A blank disk needs a size above 0; give one");
        }
        volume.prepare(size);
        if (target.isDevice()) {
            if ("off".equals(spec.target().preallocation())) {
                return size;
            }
            for (long at = 0; at < size; at += STEP) {
                volume.zero(at, Math.min(STEP, size - at));
                zeroed.accept(Math.min(size, at + STEP));
            }
        }
        target.complete(size);
        return size;
    }
}
