package io.datavolume.image.partition;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

class PartitionTableFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyHeadGivesATable(byte[] head) {
        PartitionTable table = PartitionTable.read(ByteBuffer.wrap(head), OptionalLong.of(head.length));
        for (Partition partition : table.partitions()) {
            if (partition.start() < 0 || partition.size() <= 0 || partition.end() < partition.start()) {
                throw new AssertionError("impossible partition " + partition);
            }
        }
    }
}
