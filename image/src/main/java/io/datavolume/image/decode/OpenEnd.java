package io.datavolume.image.decode;

import io.datavolume.image.Mapping;
import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.NeedsUserException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What only the end of a stream tells: how long a raw disk of unstated length is (the first byte too many is
 * refused), and whether its last sector is the footer of a fixed VHD, which is not part of the disk.
 */
public final class OpenEnd {

    /** Decides whether the last 512 bytes of a stream are a footer that describes the bytes before them. */
    public interface FooterTest {
        boolean isFooter(ByteBuffer lastSector, long bytesBefore);
    }

    private static final int SECTOR = 512;

    private final @Nullable FooterTest footer;
    private byte[] tail = {};
    private @Nullable Mapping open;

    /** @param footer the test, or null where the last sector is always part of the disk */
    OpenEnd(@Nullable FooterTest footer) {
        this.footer = footer;
    }

    void open(Mapping mapping) {
        open = mapping;
    }

    boolean isOpen() {
        return open != null;
    }

    /** @throws NeedsUserException at the first byte that neither fits the target nor can be a footer */
    void passed(long position) throws NeedsUserException {
        if (open != null) {
            long capacity = open.extent().length();
            VirtualSize.requireFitsSoFar(footer == null ? position : position - SECTOR, capacity);
        }
    }

    /** Remembers the last sector of what was read so far. */
    void remember(ByteBuffer newest) {
        int length = Math.min(SECTOR, newest.limit());
        byte[] joined = Arrays.copyOf(tail, tail.length + length);
        newest.get(newest.limit() - length, joined, tail.length, length);
        tail = Arrays.copyOfRange(joined, Math.max(0, joined.length - SECTOR), joined.length);
    }

    /**
     * @param position bytes of the whole stream
     * @return bytes of it that belong to the disk's image: all, or all but the footer
     */
    long imageBytes(long position) {
        boolean hasFooter = footer != null && tail.length == SECTOR && position > SECTOR
                && footer.isFooter(ByteBuffer.wrap(tail), position - SECTOR);
        return hasFooter ? position - SECTOR : position;
    }
}
