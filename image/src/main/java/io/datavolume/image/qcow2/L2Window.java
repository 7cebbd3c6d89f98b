package io.datavolume.image.qcow2;

import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The L2 tables that are wanted next, in ascending order of file offset. The lists it gives never change, so
 * that a driver may feed while it walks one.
 */
final class L2Window {

    private static final int MAX_RANGES = 1024;

    private final L2Directory tables;
    private final int clusterSize;
    private List<ByteRange> wanted = List.of();

    L2Window(L2Directory tables, int clusterSize) {
        this.tables = tables;
        this.clusterSize = clusterSize;
        refill();
    }

    private void refill() {
        int pieces = Math.ceilDiv(clusterSize, DiskLayout.MAX_WANTED);
        List<ByteRange> ranges = new ArrayList<>();
        while (ranges.size() + pieces <= MAX_RANGES) {
            long key = tables.next();
            if (key == L2Directory.NONE) {
                break;
            }
            long start = tables.tableOffset(key);
            for (long at = start; at < start + clusterSize; at += DiskLayout.MAX_WANTED) {
                ranges.add(new ByteRange(at, Math.min(DiskLayout.MAX_WANTED, clusterSize)));
            }
        }
        wanted = List.copyOf(ranges);
    }

    List<ByteRange> wanted() {
        return wanted;
    }

    /** Takes a wanted range out, and looks ahead again when none is left: they are the lowest of all. */
    void remove(ByteRange range) {
        int at = Collections.binarySearch(wanted, range);
        if (at < 0) {
            throw new IllegalArgumentException("not wanted: " + range);
        }
        if (at == 0) {
            wanted = wanted.subList(1, wanted.size());
        } else {
            List<ByteRange> rest = new ArrayList<>(wanted);
            rest.remove(at);
            wanted = List.copyOf(rest);
        }
        if (wanted.isEmpty()) {
            refill();
        }
    }

    /** Whether the whole range lies in an L2 table that was fed. */
    boolean isFed(ByteRange range) {
        long key = tables.firstIn(range.start(), range.end());
        if (key == L2Directory.NONE || !tables.isTaken(key)) {
            return false;
        }
        ByteRange table = new ByteRange(tables.tableOffset(key), clusterSize);
        return table.contains(range) && wanted.stream().noneMatch(piece -> Metadata.overlap(piece, table));
    }
}
