package io.datavolume.image.decode;

import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;
import io.datavolume.image.codec.ClusterDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The first bytes of a virtual disk, read without decoding the rest of it. */
public final class DiskHead {

    private final int length;
    private final List<Mapping> mappings = new ArrayList<>();

    /** @param length bytes of the disk's head that are of interest */
    public DiskHead(int length) {
        this.length = length;
    }

    /** Notes a mapping, if it concerns the head. */
    public void note(Mapping mapping) {
        if (mapping.extent().isData() && mapping.extent().start() < length) {
            mappings.add(mapping);
        }
    }

    /** Whether a prefix of the image file holds all that the noted mappings name. */
    public boolean liesWithin(long prefix) {
        return mappings.stream().allMatch(mapping -> mapping.fileOffset() + (mapping.encoding() == Encoding.PLAIN
                ? Math.min(mapping.extent().length(), length - mapping.extent().start())
                : mapping.fileLength()) <= prefix);
    }

    /** @return the head, position 0 to its length; what no noted mapping fills is zeros */
    public ByteBuffer read(RangeReader reader) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(length);
        try (ClusterDecoder decoder = new ClusterDecoder()) {
            for (Mapping mapping : mappings) {
                int start = (int) mapping.extent().start();
                int wanted = (int) Math.min(mapping.extent().length(), length - start);
                ByteBuffer bytes = mapping.encoding() == Encoding.PLAIN
                        ? stored(reader, mapping.fileOffset(), wanted)
                        : decoded(reader, mapping, decoder);
                head.put(start, bytes, 0, Math.min(wanted, bytes.remaining()));
            }
        }
        return head;
    }

    private static ByteBuffer decoded(RangeReader reader, Mapping mapping, ClusterDecoder decoder)
            throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect((int) mapping.decodedLength());
        decoder.decode(mapping, stored(reader, mapping.fileOffset(), mapping.fileLength()), target);
        return target;
    }

    private static ByteBuffer stored(RangeReader reader, long offset, long length) throws IOException {
        long there = Math.clamp(reader.length() - offset, 0, length);
        ByteBuffer bytes = ByteBuffer.allocate((int) there);
        reader.readFully(offset, bytes);
        return bytes.flip();
    }
}
