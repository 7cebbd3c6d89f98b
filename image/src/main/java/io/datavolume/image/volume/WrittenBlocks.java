package io.datavolume.image.volume;

import java.io.IOException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a target may hold something else than zeros, so that zeros need no work elsewhere. Memory is
 * bounded: beyond {@link #MAX_PAGES} every block below the highest written one counts as written. Thread-safe.
 */
final class WrittenBlocks {

    private static final int BLOCK_SHIFT = 12;
    /** One page of the map covers 16 MiB of the target and takes about 600 bytes. */
    private static final int PAGE_SHIFT = 24;
    private static final int WORDS = 1 << (PAGE_SHIFT - BLOCK_SHIFT - 6);
    static final int MAX_PAGES = 16_384;

    private final ConcurrentSkipListMap<Long, AtomicLongArray> pages = new ConcurrentSkipListMap<>();
    private final AtomicLong end;
    private final AtomicLong pageCount = new AtomicLong();
    private final long unknownBelow;
    private final int maxPages;
    private volatile boolean saturated;

    /** A part of the target, {@code from} inclusive, {@code to} exclusive, in bytes. */
    interface Part {
        void accept(long from, long to) throws IOException;
    }

    /** @param unknownBelow bytes at the start of the target whose content is unknown; they count as written */
    WrittenBlocks(long unknownBelow) {
        this(unknownBelow, MAX_PAGES);
    }

    WrittenBlocks(long unknownBelow, int maxPages) {
        this.unknownBelow = unknownBelow;
        this.maxPages = maxPages;
        this.end = new AtomicLong(unknownBelow);
    }

    /** Notes a write before it happens. */
    void mark(long from, long to) {
        end.accumulateAndGet(to, Math::max);
        if (saturated) {
            return;
        }
        long last = (to - 1) >> BLOCK_SHIFT;
        for (long block = from >> BLOCK_SHIFT; block <= last;) {
            int inWord = (int) (block & 63);
            int count = (int) Math.min(64 - inWord, last - block + 1);
            long bits = (count == 64 ? -1L : (1L << count) - 1) << inWord;
            AtomicLongArray page = pages.get(page(block));
            if (page == null) {
                page = newPage(page(block));
                if (page == null) {
                    return;
                }
            }
            int word = word(block);
            if ((page.get(word) & bits) != bits) {
                page.accumulateAndGet(word, bits, (a, b) -> a | b);
            }
            block += count;
        }
    }

    private @Nullable AtomicLongArray newPage(long key) {
        if (pageCount.incrementAndGet() > maxPages) {
            saturated = true;
            return null;
        }
        return pages.computeIfAbsent(key, k -> new AtomicLongArray(WORDS));
    }

    /** Visits the parts of a range that may hold something, in ascending order, clipped to the range. */
    void written(long from, long to, Part part) throws IOException {
        long limit = Math.min(to, roundUp(end.get()));
        if (from >= limit) {
            return;
        }
        if (saturated) {
            part.accept(from, limit);
            return;
        }
        if (from < unknownBelow) {
            part.accept(from, Math.min(limit, unknownBelow));
        }
        long known = Math.max(from, unknownBelow);
        if (known < limit) {
            markedParts(known, limit, part);
        }
    }

    private void markedParts(long from, long to, Part part) throws IOException {
        long first = from >> BLOCK_SHIFT;
        long last = (to - 1) >> BLOCK_SHIFT;
        long runStart = -1;
        long runEnd = -1;
        for (var entry : pages.subMap(page(first), true, page(last), true).entrySet()) {
            long base = entry.getKey() << (PAGE_SHIFT - BLOCK_SHIFT);
            long blockLast = Math.min(last, base + WORDS * 64L - 1);
            for (long block = Math.max(first, base); block <= blockLast; block++) {
                long rest = entry.getValue().get(word(block)) >>> (block & 63);
                if (rest == 0) {
                    block |= 63;
                } else if ((rest & 1) != 0) {
                    if (block != runEnd) {
                        emit(runStart, runEnd, from, to, part);
                        runStart = block;
                    }
                    runEnd = block + 1;
                }
            }
        }
        emit(runStart, runEnd, from, to, part);
    }

    private static void emit(long start, long end, long from, long to, Part part) throws IOException {
        if (start >= 0) {
            part.accept(Math.max(from, start << BLOCK_SHIFT), Math.min(to, end << BLOCK_SHIFT));
        }
    }

    private static long roundUp(long bytes) {
        long mask = (1L << BLOCK_SHIFT) - 1;
        return bytes > Long.MAX_VALUE - mask ? Long.MAX_VALUE : (bytes + mask) & ~mask;
    }

    private static long page(long block) {
        return block >> (PAGE_SHIFT - BLOCK_SHIFT);
    }

    private static int word(long block) {
        return (int) (block >> 6) & (WORDS - 1);
    }
}
