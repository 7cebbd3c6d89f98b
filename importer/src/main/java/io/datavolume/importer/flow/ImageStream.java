package io.datavolume.importer.flow;

import io.datavolume.image.Format;
import io.datavolume.image.compress.Compression;
import io.datavolume.image.detect.FormatDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stream whose head was looked at.
 *
 * @param stream all bytes, those that were looked at too
 * @param head the first bytes, position to limit
 */
record ImageStream(InputStream stream, ByteBuffer head) {

    static ImageStream look(InputStream in) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(in, FormatDetector.HEAD_BYTES);
        byte[] head = stream.readNBytes(FormatDetector.HEAD_BYTES);
        stream.unread(head);
        return new ImageStream(stream, ByteBuffer.wrap(head));
    }

    /** @param declared format that the user named, if any */
    Format format(Optional<Format> declared, OptionalLong length) throws IOException {
        return FormatDetector.detect(head.duplicate(), Optional.empty(), length, declared);
    }

    /** What is inside what, outermost first. */
    static List<String> layers(List<Compression> compressions) {
        return compressions.stream().map(Compression::id).toList();
    }
}
