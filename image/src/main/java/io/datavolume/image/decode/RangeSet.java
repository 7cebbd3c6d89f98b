package io.datavolume.image.decode;

import io.datavolume.image.ByteRange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of bytes as disjoint, merged ranges. Not thread-safe. */
public final class RangeSet {

    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    public void add(ByteRange range) {
        if (range.length() == 0) {
            return;
        }
        long start = range.start();
        long end = range.end();
        Map.Entry<Long, Long> before = endByStart.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (var next = endByStart.ceilingEntry(start); next != null && next.getKey() <= end; next = endByStart
                .ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            endByStart.remove(next.getKey());
        }
        endByStart.put(start, end);
    }

    public boolean contains(ByteRange range) {
        Map.Entry<Long, Long> entry = endByStart.floorEntry(range.start());
        return range.length() == 0 || (entry != null && entry.getValue() >= range.end());
    }

    public List<ByteRange> ranges() {
        return endByStart.entrySet().stream().map(e -> new ByteRange(e.getKey(), e.getValue() - e.getKey())).toList();
    }

    /** Bytes in the set. */
    public long total() {
        return endByStart.entrySet().stream().mapToLong(e -> e.getValue() - e.getKey()).sum();
    }

    public boolean isEmpty() {
        return endByStart.isEmpty();
    }
}
