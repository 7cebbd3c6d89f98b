package io.datavolume.importer.flow;

import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.failure.NeedsUserException.Reason;
import io.datavolume.image.os.NativeFile;
import io.datavolume.importer.TransferSpec.TargetSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How large the disk may become, and how large it shall.
 *
 * @param capacity largest virtual size that is accepted, in bytes
 * @param wanted size that the disk is grown to where the image is smaller, in bytes; 0 for the image's own
 */
record TargetRoom(long capacity, long wanted) {

    private static final long ALIGNMENT = 1 << 20;

    /**
     * Of a file on a volume of its own the disk gets what is free, less what the filesystem needs for itself; what an
     * earlier run has written of it counts as free.
     *
     * @throws NeedsUserException when the overhead is not from 0 to less than 1
     */
    static TargetRoom of(TargetSpec order, TargetFiles files) throws IOException {
        long size = order.size().orElse(Long.MAX_VALUE);
        if (files.device() || order.overhead().isEmpty()) {
            return new TargetRoom(size, order.size().orElse(0L));
        }
        double overhead = order.overhead().get();
        if (!(overhead >= 0 && overhead < 1)) {
            throw new NeedsUserException(Reason.USAGE,
                    "The filesystem overhead must be from 0 to less than 1, not " + overhead);
        }
        long available = Math.min(size, free(files.part(), "falloc".equals(order.preallocation())));
        return new TargetRoom(available, usable(available, overhead));
    }

    /**
     * Smallest volume that would hold a disk: with the overhead, and with what this volume's filesystem keeps of it.
     *
     * @return in whole MiB, as Kubernetes writes it
     */
    String volumeFor(long virtualSize, TargetSpec order) {
        BigDecimal disk = BigDecimal.valueOf(virtualSize)
                .multiply(BigDecimal.ONE.add(BigDecimal.valueOf(order.overhead().orElse(0.0))));
        BigDecimal kept = BigDecimal.valueOf(order.size().orElse(capacity)).subtract(BigDecimal.valueOf(capacity));
        return disk.add(kept).divide(BigDecimal.valueOf(ALIGNMENT), 0, RoundingMode.CEILING) + "Mi";
    }

    /** In whole MiB, as the size of a claim was computed from that of its disk. */
    static long usable(long available, double overhead) {
        long rest = BigDecimal.valueOf(available)
                .divide(BigDecimal.ONE.add(BigDecimal.valueOf(overhead)), 0, RoundingMode.CEILING).longValueExact();
        return rest / ALIGNMENT * ALIGNMENT;
    }

    /** Not while the part file is open: closing it a second time would lose its lock. */
    private static long free(Path part, boolean allocated) throws IOException {
        long free = Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
        if (!Files.exists(part)) {
            return free;
        }
        return free + (allocated ? Files.size(part) : written(part, Files.size(part)));
    }

    private static long written(Path part, long length) throws IOException {
        long sum = 0;
        try (NativeFile file = NativeFile.open(part, NativeFile.Mode.READ)) {
            for (long at = 0; at < length;) {
                long data = Math.min(length, file.seekData(at));
                at = Math.min(length, file.seekHole(data));
                sum += at - data;
            }
        }
        return sum;
    }
}
