package io.datavolume.image;

import io.datavolume.image.failure.TransferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A disk format without I/O: it asks for metadata, is fed, and maps.
 *
 * <p>The driver repeats: take {@link #wanted()}, read one of these ranges, {@link #feed} it. A range, once
 * wanted, stays wanted until it is fed. When {@code wanted()} is empty every mapping has been given and
 * every header and table check has been made. Layouts keep no table that they need not: a table is
 * mapped as it is fed. Memory stays below 48 MiB whatever the image says; an image that would need more
 * is refused.
 *
 * <p>Forward driver: ranges are fed in the order in which they pass; a range below the current position
 * is fed from the spill. Mappings may name ranges that passed already (they come from the spill).
 * Random driver: ranges are fed in the order of {@code wanted()}.
 *
 * <p>All integers from the image are checked before use; a violation goes to {@link #checks()} and
 * {@code feed} throws {@link io.datavolume.image.failure.ImageRefusedException} when it cannot go on.
 */
public interface DiskLayout {

    /** Largest range that may be wanted in one piece, in bytes. */
    int MAX_WANTED = 1 << 20;

    Format format();

    /**
     * Metadata ranges needed next, at most {@link #MAX_WANTED} bytes each and at most 1024 of them, in ascending
     * order of file offset; the first call names the header. In forward mode a layout that learns its
     * tables one by one may want any number of rounds. Empty when all is known.
     */
    List<ByteRange> wanted();

    /**
     * Takes one wanted range. Where the file ends inside the range the buffer is shorter than asked; the
     * layout decides whether that is a violation.
     *
     * @param range one of {@link #wanted()}
     * @param bytes its content, position to limit, big endian, valid only during the call
     * @param sink takes the mappings that follow from it
     * @throws TransferException when the image is refused
     */
    void feed(ByteRange range, ByteBuffer bytes, MappingSink sink) throws IOException;

    /**
     * Tells that the file has ended (forward) or that all is fed (random): last checks before the volume
     * may count as ready, and mappings that only the length decides.
     *
     * @param fileLength bytes that the image file had
     */
    void end(long fileLength, MappingSink sink) throws IOException;

    /** Virtual size in bytes, as soon as it is known; a multiple of 512. */
    OptionalLong virtualSize();

    /** Named safety checks with their results so far. */
    SafetyReport checks();

    /**
     * In forward mode: whether bytes of this range may still be mapped or wanted later, so that they must be
     * kept when they pass unmapped. False is always safe to answer only when the layout knows.
     */
    default boolean mayNeedLater(ByteRange range) {
        return !wanted().isEmpty();
    }

    /** Facts for people, in display order: cluster size, version, creator, snapshots… */
    Map<String, Object> facts();
}
