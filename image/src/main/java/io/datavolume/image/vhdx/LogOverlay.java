package io.datavolume.image.vhdx;

import io.datavolume.image.ByteRange;
import io.datavolume.image.SafetyReport;
import io.datavolume.image.failure.ImageRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the log changes, in its order; the file itself stays as it is. */
final class LogOverlay {

    /** More than the largest log holds with data; bounds the list where all of them are zeros. */
    static final int MAX_PATCHES = 1 << 14;

    /** Nothing before the region tables is ever logged. */
    private static final ByteRange REGION_TABLES = new ByteRange(RegionTable.FIRST.start(),
            RegionTable.SECOND.end() - RegionTable.FIRST.start());

    /** @param content gives all bytes of the patch; null for zeros */
    private record Patch(long start, long end, @Nullable Supplier<byte[]> content) {}

    private final List<Patch> patches = new ArrayList<>();

    /** Takes one sector; its content is put together when it is needed, so that the log is not kept twice. */
    void write(long offset, Supplier<byte[]> content) {
        patches.add(new Patch(offset, Math.addExact(offset, LogSectors.SECTOR), content));
    }

    void zero(long offset, long length) {
        if (length > 0) {
            patches.add(new Patch(offset, offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length, null));
        }
    }

    int size() {
        return patches.size();
    }

    /** Demands that only region tables and regions are changed: blocks are mapped to the file as it is. */
    void requireMetadataOnly(RegionTable regions, SafetyReport report) throws ImageRefusedException {
        for (Patch patch : patches) {
            boolean known = isInside(patch, REGION_TABLES)
                    || regions.all().stream().anyMatch(region -> isInside(patch, region));
            report.demand(VhdxCheck.LOG_TOUCHES_DATA, known, patch.start, patch.end - patch.start,
                    "the log changes bytes outside of the metadata; open the disk once with its own program");
        }
        report.check(VhdxCheck.LOG_TOUCHES_DATA, true, -1, "", "");
    }

    private static boolean isInside(Patch patch, ByteRange range) {
        return patch.start >= range.start() && patch.end <= range.end();
    }

    /** The range as it reads after replay: the same buffer where nothing changes it, otherwise a copy. */
    ByteBuffer apply(ByteRange range, ByteBuffer bytes) {
        byte[] copy = null;
        long end = range.start() + bytes.remaining();
        for (Patch patch : patches) {
            long from = Math.max(patch.start, range.start());
            long to = Math.min(patch.end, end);
            if (from >= to) {
                continue;
            }
            if (copy == null) {
                copy = new byte[bytes.remaining()];
                bytes.get(bytes.position(), copy);
            }
            int at = (int) (from - range.start());
            int length = (int) (to - from);
            if (patch.content == null) {
                Arrays.fill(copy, at, at + length, (byte) 0);
            } else {
                System.arraycopy(patch.content.get(), (int) (from - patch.start), copy, at, length);
            }
        }
        return copy == null ? bytes : ByteBuffer.wrap(copy);
    }
}
