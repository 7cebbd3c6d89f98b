package io.datavolume.image.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenBlocksTest {

    private static List<String> parts(WrittenBlocks blocks, long from, long to) throws IOException {
        List<String> parts = new ArrayList<>();
        blocks.written(from, to, (a, b) -> parts.add(a + "-" + b));
        return parts;
    }

    @Test
    void onlyMarkedBlocksAreVisited() throws IOException {
        WrittenBlocks blocks = new WrittenBlocks(0);
        blocks.mark(5000, 9000);
        blocks.mark(1L << 40, (1L << 40) + 1);
        assertEquals(List.of("4096-12288", (1L << 40) + "-" + ((1L << 40) + 4096)), parts(blocks, 0, Long.MAX_VALUE));
        assertEquals(List.of("6000-7000"), parts(blocks, 6000, 7000));
        assertEquals(List.of(), parts(blocks, 12288, 1L << 40));
    }

    @Test
    void unknownContentCountsAsWritten() throws IOException {
        WrittenBlocks blocks = new WrittenBlocks(10_000);
        assertEquals(List.of("100-10000"), parts(blocks, 100, 50_000));
    }

    @Test
    void beyondTheBoundEverythingCountsAsWritten() throws IOException {
        WrittenBlocks blocks = new WrittenBlocks(0, 2);
        for (int page = 0; page < 3; page++) {
            blocks.mark((long) page << 24, ((long) page << 24) + 1);
        }
        assertEquals(List.of("77-" + ((2L << 24) + 4096)), parts(blocks, 77, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyMarksGiveTheSameAsABitSet(long seed) throws IOException {
        Random random = new Random(seed);
        WrittenBlocks blocks = new WrittenBlocks(0);
        BitSet expected = new BitSet();
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(16_000);
            int length = 1 + random.nextInt(i % 3 == 0 ? 300 : 3);
            blocks.mark(from * 4096L, (from + length) * 4096L);
            expected.set(from, from + length);
        }
        BitSet found = new BitSet();
        blocks.written(0, Long.MAX_VALUE, (a, b) -> found.set((int) (a / 4096), (int) (b / 4096)));
        assertEquals(expected, found);
    }
}
