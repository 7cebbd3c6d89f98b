package io.datavolume.controller.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldGenerationTest {

    private long used;
    private int collections;

    @ParameterizedTest(name = "{0} MiB, grown to {1}: {3} collections, the next one above {4} MiB")
    @CsvSource({"100, 125, 100, 0, 125", "100, 126, 104, 1, 130", "8, 16, 8, 0, 16", "8, 17, 12, 1, 20",
        "0, 9, 0, 1, 8", "1000, 1251, 400, 1, 500", "100, 60, 60, 0, 125"})
    void isCollectedWhenItHasGrownByAQuarterOrEightMebibytes(long before, long grown, long left, int expected,
            long next) {
        used = before << 20;
        OldGeneration generation = new OldGeneration(() -> used, () -> {
            collections++;
            used = left << 20;
        });
        used = grown << 20;
        generation.look();
        assertEquals(expected, collections);
        used = next << 20;
        generation.look();
        assertEquals(expected, collections);
        used++;
        generation.look();
        assertEquals(expected + 1, collections);
    }

    @ParameterizedTest(name = "grown by {0} MiB: {1} collections")
    @CsvSource({"5, 1", "4, 0", "0, 0"})
    void isCollectedOnceWhenABurstIsOver(long grown, int expected) {
        used = 100 << 20;
        OldGeneration generation = new OldGeneration(() -> used, () -> {
            collections++;
            used = 100 << 20;
        });
        used += grown << 20;
        look(generation, OldGeneration.QUIET);
        assertEquals(0, collections);
        look(generation, 3 * OldGeneration.QUIET);
        assertEquals(expected, collections);
    }

    private static void look(OldGeneration generation, int times) {
        for (int i = 0; i < times; i++) {
            generation.look();
        }
    }
}
