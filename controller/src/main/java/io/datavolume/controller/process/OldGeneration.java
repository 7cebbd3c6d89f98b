package io.datavolume.controller.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps the heap close to what it holds. The serial collector, which needs the least memory beside the heap, collects
 * its old generation only when the heap can grow no more; until then it grows by all that has outlived a few small
 * collections. So it is collected here, whenever it has grown by a quarter of what was left the last time.
 */
final class OldGeneration {

    private static final String SERIAL = "Tenured Gen";
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Smallest growth in bytes that is worth a collection. */
    static final long LEAST = 8L << 20;
    private static final int PART = 4;

    private final LongSupplier used;
    private final Runnable collection;
    private long limit;

    /**
     * @param used bytes that the generation holds, garbage included
     * @param collection collects all of the heap
     */
    OldGeneration(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
        limit = limit();
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

    /** Collects, if it has grown enough. */
    void look() {
        if (used.getAsLong() > limit) {
            collection.run();
            limit = limit();
        }
    }

    private long limit() {
        long held = used.getAsLong();
        return held + Math.max(LEAST, held / PART);
    }
}
