package io.datavolume.controller.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps the heap close to what it holds. The serial collector, which needs the least memory beside the heap, collects
 * its old generation only when the heap can grow no more; until then it grows by all that has outlived a few small
 * collections. So it is collected here, whenever it has grown by a quarter of what was left the last time, and once when
 * a burst is over.
 */
final class OldGeneration {

    private static final String SERIAL = "Tenured Gen";
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Looks without any growth after which a burst is over. */
    static final int QUIET = 60;
    /** Smallest growth in bytes that is worth a collection. */
    static final long LEAST = 8L << 20;
    private static final int PART = 4;

    private final LongSupplier used;
    private final Runnable collection;
    /** Bytes that the last collection left. */
    private long left;
    /** Bytes that it held at the last look, and for how many looks before. */
    private long last;
    private int quiet;

    /**
     * @param used bytes that the generation holds, garbage included
     * @param collection collects all of the heap
     */
    OldGeneration(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
        measure();
    }

    /** Looks at it from now on, where there is one: other collectors do without. */
    static void keepSmall() {
        ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals(SERIAL)).findFirst()
                .ifPresent(pool -> Thread.ofVirtual().name("old-generation").start(() -> watch(pool)));
    }

    private static void watch(MemoryPoolMXBean pool) {
        OldGeneration generation = new OldGeneration(() -> pool.getUsage().getUsed(), System::gc);
        try {
            while (true) {
                Thread.sleep(LOOK);
                generation.look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects, if it has grown enough, or has grown and grows no more. */
    void look() {
        long held = used.getAsLong();
        quiet = held == last ? quiet + 1 : 0;
        last = held;
        boolean grown = held > left + Math.max(LEAST, left / PART);
        boolean over = quiet == QUIET && held > left + LEAST / 2;
        if (grown || over) {
            collection.run();
            measure();
        }
    }

    private void measure() {
        left = used.getAsLong();
        last = left;
        quiet = 0;
    }
}
