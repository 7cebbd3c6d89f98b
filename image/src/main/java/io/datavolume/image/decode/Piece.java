package io.datavolume.image.decode;

import io.datavolume.image.Encoding;
import io.datavolume.image.Mapping;

/**
 * A part of a mapping that is written at once: any sub-range of plain data, or one whole compressed cluster.
 *
 * @param mapping what it belongs to
 * @param from first byte in the image file
 * @param to first byte in the image file after it
 */
record Piece(Mapping mapping, long from, long to) {

    boolean plain() {
        return mapping.encoding() == Encoding.PLAIN;
    }

    /** Where the piece begins in the virtual disk. */
    long guestOffset() {
        return plain() ? mapping.extent().start() + (from - mapping.fileOffset()) : mapping.extent().start();
    }

    /** Bytes that the piece fills in the virtual disk: 0 for the footer behind a disk that fills its target. */
    long guestLength() {
        return plain()
                ? Math.clamp(mapping.extent().end() - guestOffset(), 0, to - from)
                : mapping.extent().length();
    }
}
