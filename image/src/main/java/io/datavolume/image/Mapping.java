package io.datavolume.image;

/**
 * Where the bytes of one extent come from.
 *
 * <p>A mapping of kind DATA names a file range. For {@link Encoding#PLAIN} the file range is as long as
 * the extent, except that a file length of {@link #TO_THE_END} means "all that follows" (a raw stream of
 * unknown length; the extent is then as long as the target may hold). For compressed encodings the file
 * length is an upper bound (at most 2 clusters and 1 MiB) that may reach past the end of the file or
 * overlap the next compressed cluster, and exactly {@code decodedLength} bytes must come out, of which
 * the first {@code extent.length()} are kept. A VMDK grain that the end of the disk cuts may also be stored cut:
 * between {@code extent.length()} and {@code decodedLength} bytes come out of it.
 *
 * @param extent guest range and kind
 * @param fileOffset first byte in the image file; 0 for kinds other than DATA
 * @param fileLength bytes in the image file; 0 for kinds other than DATA
 * @param encoding how the file range is stored
 * @param decodedLength bytes that decoding yields, at least the extent's length (compressed encodings)
 */
public record Mapping(Extent extent, long fileOffset, long fileLength, Encoding encoding, long decodedLength) {

    /** File length of a plain mapping whose end is the end of the stream. */
    public static final long TO_THE_END = Long.MAX_VALUE;

    /** Plain data at a place of the file. */
    public static Mapping plain(long guestOffset, long fileOffset, long length) {
        return new Mapping(new Extent(guestOffset, length, Extent.Kind.DATA), fileOffset, length, Encoding.PLAIN,
                length);
    }

    /** One compressed cluster or grain. */
    public static Mapping compressed(long guestOffset, long guestLength, long fileOffset, long fileLength,
            Encoding encoding, long decodedLength) {
        return new Mapping(new Extent(guestOffset, guestLength, Extent.Kind.DATA), fileOffset, fileLength, encoding,
                decodedLength);
    }

    /** A range without stored bytes. */
    public static Mapping empty(long guestOffset, long length, Extent.Kind kind) {
        return new Mapping(new Extent(guestOffset, length, kind), 0, 0, Encoding.PLAIN, length);
    }
}
