package io.datavolume.image.qcow2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.datavolume.image.Access;
import io.datavolume.image.ByteRange;
import io.datavolume.image.DiskLayout;
import io.datavolume.image.Mapping;
import io.datavolume.image.failure.NeedsUserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are either refused or mapped so that they cover the disk once. */
class Qcow2FuzzTest {

    private static final int CLUSTER_BITS = 14;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int MAX_FEEDS = 10_000;

    @MethodSource("damagedImages")
    @FuzzTest
    void anyFileIsRefusedOrCoversItsDiskOnce(byte[] file) throws IOException {
        read(file, new Access(Access.Mode.RANDOM, OptionalLong.of(file.length), 1L << 40));
        read(file, new Access(Access.Mode.FORWARD, OptionalLong.empty(), 1L << 40));
    }

    private static void read(byte[] file, Access access) throws IOException {
        DiskLayout layout = new Qcow2Layout(access);
        List<Mapping> mappings = new ArrayList<>();
        try {
            int feeds = 0;
            for (List<ByteRange> wanted = layout.wanted(); !wanted.isEmpty(); wanted = layout.wanted()) {
                ByteRange range = wanted.getFirst();
                int from = (int) Math.min(range.start(), file.length);
                int length = (int) Math.min(range.length(), file.length - from);
                layout.feed(range, ByteBuffer.wrap(file, from, length).slice(), mappings::add);
                if (++feeds > MAX_FEEDS) {
                    throw new AssertionError("the layout asks without end");
                }
            }
            layout.end(file.length, mappings::add);
        } catch (NeedsUserException refused) {
            return;
        }
        Qcow2Files.assertCoversDiskOnce(layout, mappings);
    }

    static Stream<byte[]> damagedImages() {
        return IntStream.range(0, 400).mapToObj(Qcow2FuzzTest::damagedImage);
    }

    /** A small image with up to four bytes changed where something stands; the seed decides which kind. */
    private static byte[] damagedImage(int seed) {
        Random random = new Random(seed);
        byte[] file = image(random, (seed & 1) == 0 ? 0 : Qcow2Header.EXTENDED_L2);
        int[] places = {0, 3 * CLUSTER, 4 * CLUSTER, 5 * CLUSTER};
        for (int i = random.nextInt(5); i > 0; i--) {
            file[places[random.nextInt(places.length)] + random.nextInt(128)] = (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(file, random.nextInt(file.length)) : file;
    }

    private static byte[] image(Random random, long features) {
        ByteBuffer file = ByteBuffer.allocate(12 * CLUSTER);
        int entrySize = features == 0 ? 8 : 16;
        long perTable = (long) (CLUSTER / entrySize) * CLUSTER;
        file.putInt(Qcow2Header.MAGIC).putInt(3).putLong(0).putInt(0).putInt(CLUSTER_BITS)
                .putLong(perTable + 100 * 512).putInt(0).putInt(2).putLong(3 * CLUSTER).putLong(CLUSTER).putInt(1)
                .putInt(0).putLong(0).putLong(features).putLong(0).putLong(0).putInt(4).putInt(112).putLong(0);
        file.putLong(3 * CLUSTER, 1L << 63 | 4 * CLUSTER).putLong(3 * CLUSTER + 8, 1L << 63 | 5 * CLUSTER);
        for (int i = 0; i < 6; i++) {
            long entry = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> features == 0 ? 1 : 0;
                case 2 -> 1L << 62 | (6 * CLUSTER + random.nextInt(5 * CLUSTER));
                default -> 1L << 63 | (6L + i) * CLUSTER;
            };
            int at = (4 + random.nextInt(2)) * CLUSTER + entrySize * i;
            file.putLong(at, entry);
            if (features != 0 && entry < 0) {
                int stored = random.nextInt();
                file.putLong(at + 8, Integer.toUnsignedLong(stored) | (long) (random.nextInt() & ~stored) << 32);
            }
        }
        return file.array();
    }
}
