package io.datavolume.image;

/**
 * A range of bytes of a file or stream.
 *
 * @param start first byte, 0 or more
 * @param length bytes, 0 or more; {@code start + length} never overflows
 */
public record ByteRange(long start, long length) implements Comparable<ByteRange> {

    public ByteRange {
        if (start < 0 || length < 0 || start > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("no such range: start " + start + ", length " + length);
        }
    }

    /** First byte after the range. */
    public long end() {
        return start + length;
    }

    public boolean contains(ByteRange other) {
        return other.start >= start && other.end() <= end();
    }

    @Override
    public int compareTo(ByteRange other) {
        int byStart = Long.compare(start, other.start);
        return byStart != 0 ? byStart : Long.compare(length, other.length);
    }
}
