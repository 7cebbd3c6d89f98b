package io.datavolume.image.vhd;

import io.datavolume.image.VirtualSize;
import java.util.Arrays;
import java.util.OptionalLong;

/** Where blocks are stored, to see that no two of them overlap: four bytes for each, however far apart they are. */
final class StoredBlocks {

    private static final int FIRST_CAPACITY = 1024;

    private final int limit;
    private int[] sectors;
    private int count;

    /** @param limit blocks that may be added */
    StoredBlocks(int limit) {
        this.limit = limit;
        this.sectors = new int[Math.min(limit, FIRST_CAPACITY)];
    }

    /** @param sector first sector of a stored block, unsigned */
    void add(int sector) {
        if (count == sectors.length) {
            sectors = Arrays.copyOf(sectors, (int) Math.min(limit, 2L * count));
        }
        sectors[count++] = sector ^ Integer.MIN_VALUE; // sorts as unsigned
    }

    int count() {
        return count;
    }

    /**
     * Sorts the list and looks for two blocks that share a byte.
     *
     * @param length bytes of each stored block
     * @return file offset of the second of such a pair, in bytes
     */
    OptionalLong overlap(long length) {
        Arrays.sort(sectors, 0, count);
        for (int i = 1; i < count; i++) {
            if (((long) sectors[i] - sectors[i - 1]) * VirtualSize.SECTOR < length) {
                return OptionalLong.of(
                        Integer.toUnsignedLong(sectors[i] ^ Integer.MIN_VALUE) * VirtualSize.SECTOR);
            }
        }
        return OptionalLong.empty();
    }
}
