package io.datavolume.image.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroRunsTest {

    private static List<String> split(ByteBuffer data, long offset, int shortest) throws IOException {
        List<String> runs = new ArrayList<>();
        ZeroRuns.split(data, offset, shortest, new ZeroRuns.Runs() {
            @Override
            public void data(int from, int to) {
                runs.add("data " + from + "-" + to);
            }

            @Override
            public void zeros(int from, int to) {
                runs.add("zeros " + from + "-" + to);
            }
        });
        return runs;
    }

    @Test
    void runsFollowTheBlocksOfTheTarget() throws IOException {
        ByteBuffer data = ByteBuffer.allocateDirect(16384);
        data.put(5000, (byte) 1);
        assertEquals(List.of("zeros 0-4096", "data 4096-8192", "zeros 8192-16384"), split(data, 0, 1));
        assertEquals(List.of("zeros 0-3996", "data 3996-8092", "zeros 8092-16384"), split(data, 100, 1));
    }

    @Test
    void shortRunsOfZerosCountAsData() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(65536);
        data.put(0, (byte) 1).put(12288, (byte) 1);
        assertEquals(List.of("data 0-16384", "zeros 16384-65536"), split(data, 0, 16384));
    }

    @Test
    void positionAndLimitBoundTheRuns() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8192).position(10).limit(20);
        assertEquals(List.of("zeros 10-20"), split(data, 4090, 1));
        assertEquals(List.of(), split(data.position(20), 0, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void runsCoverTheBufferOnceAndTellTheTruth(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = new byte[100_000];
        for (int i = 0; i < 12; i++) {
            content[random.nextInt(content.length)] = 1;
        }
        int[] at = {0};
        ZeroRuns.split(ByteBuffer.wrap(content), random.nextInt(10_000), 1, new ZeroRuns.Runs() {
            @Override
            public void data(int from, int to) {
                assertTrue(from == at[0] && to > from);
                at[0] = to;
            }

            @Override
            public void zeros(int from, int to) {
                assertTrue(from == at[0] && to > from);
                for (int i = from; i < to; i++) {
                    assertEquals(0, content[i]);
                }
                at[0] = to;
            }
        });
        assertEquals(content.length, at[0]);
    }
}
