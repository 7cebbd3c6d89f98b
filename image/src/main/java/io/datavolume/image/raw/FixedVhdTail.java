package io.datavolume.image.raw;

import io.datavolume.image.VirtualSize;
import io.datavolume.image.failure.NeedsUserException;
import io.datavolume.image.vhd.VhdFooter;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Notices that a raw stream was a fixed VHD: a disk with one footer of 512 bytes behind it
 * (<a href="https://www.microsoft.com/en-us/download/details.aspx?id=23850">Virtual Hard Disk Image Format
 * Specification</a>, "Hard Disk Footer Format"). A forward driver passes every buffer through
 * {@link #pass} before it writes it and asks {@link #end} how large the disk is.
 *
 * <p>Bytes are not delayed: the footer may be written to the volume, where completing the disk with its true size
 * removes it. Only bytes behind the capacity are held back (a device that is as large as the disk has no
 * room for a footer), and more of them than a footer are refused at once. Only for streams whose format nobody
 * declared as raw: a declared raw stream keeps all its bytes. Not thread-safe.
 */
public final class FixedVhdTail {

    /** Bytes of a footer. */
    public static final int FOOTER = VhdFooter.LENGTH;

    private final long capacity;
    private final byte[] last = new byte[FOOTER];
    private long position;

    /** @param capacity bytes that the target holds */
    public FixedVhdTail(long capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param data position to limit; neither is moved
     * @return the bytes that may be written, at the offset where the stream stood: a view of {@code data}
     * @throws NeedsUserException with reason TOO_LARGE when more than a footer lies behind the capacity
     */
    public ByteBuffer pass(ByteBuffer data) throws NeedsUserException {
        int length = data.remaining();
        long start = position;
        long end = Math.addExact(start, length);
        if (capacity <= Long.MAX_VALUE - FOOTER) {
            VirtualSize.requireFits(end - FOOTER, capacity);
        }
        remember(data);
        position = end;
        return data.slice(data.position(), (int) Math.min(length, Math.max(0, capacity - start)));
    }

    private void remember(ByteBuffer data) {
        int taken = Math.min(FOOTER, data.remaining());
        System.arraycopy(last, taken, last, 0, FOOTER - taken);
        data.get(data.limit() - taken, last, FOOTER - taken, taken);
    }

    /** Bytes that have passed. */
    public long position() {
        return position;
    }

    /** Whether the stream, as far as it has passed, ends with the footer of a fixed VHD around the rest. */
    public boolean isFixedVhd() {
        return position >= FOOTER
                && fixedDiskSize(ByteBuffer.wrap(last)).equals(OptionalLong.of(position - FOOTER));
    }

    /**
     * Decides, at the end of the stream, what belongs to the disk.
     *
     * @return bytes of the stream that are disk: all, or all but the footer
     * @throws NeedsUserException with reason TOO_LARGE when bytes that were held back belong to the disk
     */
    public long end() throws NeedsUserException {
        long disk = isFixedVhd() ? position - FOOTER : position;
        VirtualSize.requireFits(disk, capacity);
        return disk;
    }

    /**
     * "Current size" of the disk, in bytes, that a footer describes.
     *
     * @param footer the last 512 bytes of a file; position and limit stay
     * @return empty unless cookie, version, checksum and the type "fixed" are right and the size is positive
     */
    public static OptionalLong fixedDiskSize(ByteBuffer footer) {
        return VhdFooter.read(footer)
                .filter(read -> footer.remaining() == FOOTER && read.version() == VhdFooter.VERSION
                        && read.type() == VhdFooter.FIXED && read.isIntact() && read.currentSize() > 0)
                .map(read -> OptionalLong.of(read.currentSize())).orElseGet(OptionalLong::empty);
    }
}
